using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Api.Hooks;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>
/// Tells the hubs their configurations, when a hub says that it has an older one and within a second of an upload, and hears what came of it. A hub that is told
/// twice notices by the revision; what it has rejected is not told again by itself.
/// </summary>
internal sealed class ConfigurationSender(IDatabase database, BranchBook book, HookTelling hooks, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger<ConfigurationSender> log)
    : HubTeller<ConfigurationSender.Due>("configurations", againAfter: 10_000, brokers, time, complaints, log), IReportTaker
{
    private const int BranchesAtOnce = 50;

    private const int LongestSentence = 500;

    /// <summary>
    /// Two reports that overtook one another come within seconds. After so long, in ms, one with a lower number is no older one: an older copy of the journal is in use.
    /// </summary>
    private const string Overtaken = "60000";

    public TopicKind Kind => TopicKind.ConfigHeld;

    public async Task TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (!LinkJson.TryRead(report.Bytes.Span, out ConfigurationReport? said, out _) || said.V != 1 || said.Revision < 0 || said.Journal is not { Length: > 0 and <= 64 } || said.Number < 0 || said.Sha256.Length != 64 || !said.Sha256.All(char.IsAsciiHexDigitLower)
            || said.Rejected is { Faults.Count: 0 or > ConfigurationRejection.MostFaults } || said.Rejected?.Faults.Any(f => f is null or { Path: null } or { Sentence: null }) == true)
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "configuration"));
            return;
        }

        long branch = await book.BranchAsync(report.Branch, cancellation);
        byte[] document = said.Document is { } packed && PackedConfiguration.Unpack(packed) is { } file && PackedConfiguration.HashOf(file) == said.Sha256 ? file : [];
        await database.WriteAsync(t => RememberAsync(t, branch, said, document), cancellation);
        if (said.Rejected is { } rejected && Complaints.MaySay("configuration", report.Branch))
        {
            ConfigurationLog.Rejected(Log, report.Branch, rejected.Revision, StorableText.Of(rejected.Faults[0].Sentence));
        }
    }

    private async Task<int> RememberAsync(DbTransaction t, long branch, ConfigurationReport said, byte[] document)
    {
        // What it said last, and not what came late by another replica; what it rejected counts only while it is what is wanted. When it has an older one, it is told within a second.
        string faults = said.Rejected is { } why ? JsonSerializer.Serialize(why with { Faults = [.. why.Faults.Select(Storable)] }, LinkJson.Info<ConfigurationRejection>()) : "";
        await t.Connection!.ExecuteAsync(
            $"""
            insert into configuration_state(branch, wanted, held, held_sha256, held_document, held_at, rejected, faults, next_at, held_journal, held_number)
            values (@branch, 0, @Revision, @Sha256, @document, @Now, @rejected, @faults, 0, @journal, @number)
            on conflict(branch) do update set held = excluded.held, held_sha256 = excluded.held_sha256, held_document = excluded.held_document, held_at = excluded.held_at,
              rejected = excluded.rejected, faults = excluded.faults, next_at = 0, held_journal = excluded.held_journal, held_number = excluded.held_number
            where configuration_state.held_journal <> excluded.held_journal or excluded.held_number = 0 or excluded.held_number >= configuration_state.held_number
              or excluded.held_at > configuration_state.held_at + {Overtaken} or excluded.held_at < configuration_state.held_at - {Overtaken}
            """,
            new { branch, said.Revision, said.Sha256, document, Now, rejected = said.Rejected?.Revision ?? 0, faults, journal = StorableText.Of(said.Journal), number = said.Number ?? 0 }, t);
        // Of one that came late, too, it is true that it was in force, or not taken.
        bool applied = await t.Connection!.ExecuteAsync(
            "update configuration set applied_at = @Now where branch = @branch and revision = @Revision and sha256 = @Sha256 and applied_at = 0", new { branch, said.Revision, said.Sha256, Now }, t) > 0;
        if (applied || said.Rejected is not null)
        {
            long revision = said.Rejected?.Revision ?? said.Revision;
            await hooks.TellAsync(t, () => [new(
                string.Create(CultureInfo.InvariantCulture, $"configuration:{branch}:{revision}:{(said.Rejected is null ? "applied" : "rejected")}"), said.Rejected is null ? HookKinds.ConfigurationApplied : HookKinds.ConfigurationRejected,
                branch, null, Now, new() { Revision = revision, Faults = said.Rejected is { } r ? r.Faults.Count + (r.MoreFaults ?? 0) : null })]);
        }

        return 0;
    }

    private static ConfigurationFault Storable(ConfigurationFault fault) => new(Short(fault.Path), fault.Line, Short(fault.Sentence));

    private static string Short(string text) => StorableText.Of(text.Length > LongestSentence ? text[..LongestSentence] : text);

    protected override Task<IReadOnlyList<Due>> DueAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Due>>(
        async c => (await c.QueryAsync<Due>(
            $"""
            select s.branch as Branch, b.name as Name, s.wanted as Revision from configuration_state s join branch b on b.id = s.branch
            where s.wanted > s.held and s.wanted <> s.rejected and s.next_at <= @Now order by s.next_at limit {BranchesAtOnce}
            """,
            new { Now })).AsList(), cancellation);

    protected override async Task TellAsync(Due due, CancellationToken cancellation)
    {
        Wanted wanted = await database.ReadAsync(
            c => c.QuerySingleOrDefaultAsync<Wanted?>("select document as Document, over_sha256 as Over from configuration where branch = @Branch and revision = @Revision", due), cancellation) ?? new([], "");
        var message = new ConfigurationMessage(1, due.Revision, PackedConfiguration.HashOf(wanted.Document), PackedConfiguration.Pack(wanted.Document) ?? "", wanted.Over);
        await LaterAsync(due, await SayAsync(new Topics(due.Name).Config, LinkJson.Write(message)), cancellation);
    }

    /// <summary>Only while nothing was heard of it meanwhile.</summary>
    protected override Task LaterAsync(Due due, long next, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync(
            "update configuration_state set next_at = @next where branch = @Branch and wanted = @Revision and next_at <= @Now", new { due.Branch, due.Revision, Now, next }, t), cancellation);

    private sealed record Wanted(byte[] Document, string Over);

    internal sealed record Due(long Branch, string Name, long Revision) : IDueBranch;
}
