using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Updates;

/// <summary>A device as its branch told it last.</summary>
/// <param name="Unit">node/unit; '': the hub itself.</param>
/// <param name="Program">'': it has not said.</param>
/// <param name="Image">'': it has not said, or runs none of ours.</param>
internal sealed record DeviceVersion(string Unit, string Role, string Program, string Image);

/// <summary>How many devices of a role run the same, and in how many branches.</summary>
internal sealed record VersionCount(string Role, string Program, string Image, long Devices, long Branches);

/// <summary>Some branches that have devices of one version.</summary>
internal sealed record VersionPlace(string Name, string Title, string Region, long Devices);

/// <summary>The table <c>device_version</c>: written when a branch says something else than before, which is seldom.</summary>
internal sealed class DeviceVersions(IDatabase database, BranchBook book, TimeProvider time)
{
    public const string Hub = "";

    public const string HubRole = "hub";

    /// <summary>A branch has some tens; a message with more is cut.</summary>
    private const int MostUnits = 2_000;

    private const int LongestText = 100;

    private static readonly RowsStatement Add = new(
        "insert into device_version(branch, unit, role, program, image) select branch, unit, role, program, image from {rows} where true order by 1, 2 on conflict (branch, unit) do nothing",
        ("branch", ColumnType.Bigint), ("unit", ColumnType.Text), ("role", ColumnType.Text), ("program", ColumnType.Text), ("image", ColumnType.Text));

    private static readonly RowsStatement Say = new(
        "insert into device_version_said(branch, sha256, changed_at) select branch, sha256, changed_at from {rows} where true order by 1 "
        + "on conflict (branch) do update set sha256 = excluded.sha256, changed_at = excluded.changed_at",
        ("branch", ColumnType.Bigint), ("sha256", ColumnType.Text), ("changed_at", ColumnType.Bigint));

    /// <param name="messages">The latest of each branch; a will says nothing of versions.</param>
    public async Task PutAsync(IReadOnlyList<ReadLive> messages, CancellationToken cancellation)
    {
        ReadLive[] said = [.. messages.Where(m => m.Live.Online)];
        if (said.Length == 0)
        {
            return;
        }

        IReadOnlyList<long> ids = await book.BranchesAsync([.. said.Select(m => m.Branch)], cancellation);
        var now = ids.Zip(said, (id, m) => (Id: id, Rows: RowsOf(m.Live))).Select(b => (b.Id, b.Rows, Hash: HashOf(b.Rows))).OrderBy(b => b.Id).ToList();
        Dictionary<long, string> before = await database.ReadAsync(
            async c => (await c.QueryAsync<Said>(
                $"select branch as Branch, sha256 as Sha256 from device_version_said where {database.Sql.AnyOf("branch", "@ids")}", new { ids = ids.ToArray() })).ToDictionary(r => r.Branch, r => r.Sha256), cancellation);
        var changed = now.Where(b => before.GetValueOrDefault(b.Id) != b.Hash).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        long at = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.WriteAsync(
            async t =>
            {
                // First: whoever writes the same branch waits here, and so the hash and the rows are of one message.
                await Say.RunAsync(database.Sql, t, [.. changed.Select(b => (object[])[b.Id, b.Hash, at])], cancellation);
                await t.Connection!.ExecuteAsync(
                    $"delete from device_version where {database.Sql.AnyOf("branch", "@ids")}", new { ids = changed.Select(b => b.Id).ToArray() }, t);
                await Add.RunAsync(
                    database.Sql, t, [.. changed.SelectMany(b => b.Rows.Select(r => (object[])[b.Id, r.Unit, r.Role, r.Program, r.Image]))], cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>The commonest first.</summary>
    public Task<IReadOnlyList<VersionCount>> CountsAsync(VisibleBranches sees, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<VersionCount>>(
        async c => (await c.QueryAsync<VersionCount>(
            $"""
            select v.role as Role, v.program as Program, v.image as Image, count(*) as Devices, count(distinct v.branch) as Branches
            from device_version v join branch b on b.id = v.branch where {sees.Condition(database.Sql)}
            group by v.role, v.program, v.image order by count(*) desc, v.role, v.program, v.image limit 500
            """,
            new { sees.Regions, sees.Branches })).AsList(), cancellation);

    /// <summary>Where it runs.</summary>
    public Task<IReadOnlyList<VersionPlace>> PlacesAsync(string role, string program, string image, VisibleBranches sees, int most, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<VersionPlace>>(
        async c => (await c.QueryAsync<VersionPlace>(
            $"""
            select b.name as Name, {BranchTitle.Of} as Title, b.region as Region, count(*) as Devices
            from device_version v join branch b on b.id = v.branch {BranchTitle.Live}
            where v.role = @role and v.program = @program and v.image = @image and {sees.Condition(database.Sql)}
            group by b.name, b.title, l.title, b.region order by b.name limit @most
            """,
            new { role = StorableText.Of(role), program = StorableText.Of(program), image = StorableText.Of(image), most, sees.Regions, sees.Branches })).AsList(), cancellation);

    private sealed record Said(long Branch, string Sha256);

    private static List<DeviceVersion> RowsOf(LiveMessage live) =>
    [
        new(Hub, HubRole, Text(live.Version), Text(live.Image)),
        .. live.Units.Where(u => u.Unit.Length > 0).Take(MostUnits).Select(u => new DeviceVersion(Text(u.Unit), Text(u.Role), Text(u.Version), Text(u.Image)))
            .DistinctBy(u => u.Unit, StringComparer.Ordinal).OrderBy(u => u.Unit, StringComparer.Ordinal),
    ];

    private static string Text(string? text) => text is null ? "" : StorableText.Of(text.Length > LongestText ? text[..LongestText] : text);

    private static string HashOf(List<DeviceVersion> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DeviceVersion row in rows)
        {
            foreach (string text in (string[])[row.Unit, row.Role, row.Program, row.Image])
            {
                hash.AppendData(Encoding.UTF8.GetBytes(text));
                hash.AppendData([0]);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
