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
using EdgeQueue.Mqtt;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>
/// Tells the hubs their configurations, when a hub says that it has an older one and within a second of an upload, and hears what came of it. A hub that is told
/// twice notices by the revision; what it has rejected is not told again by itself.
/// </summary>
internal sealed class ConfigurationSender(IDatabase database, BranchBook book, HookTelling hooks, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger<ConfigurationSender> log)
    : BackgroundService, IReportTaker
{
    private const int BranchesAtOnce = 50;

    private const long AgainAfter = 10_000;

    /// <summary>Its hub is not there, and says what it has when it comes back.</summary>
    private const long AgainWhenAway = 60_000;

    private const int LongestSentence = 500;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public TopicKind Kind => TopicKind.ConfigHeld;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (!LinkJson.TryRead(report.Bytes.Span, out ConfigurationReport? said, out _) || said.V != 1 || said.Revision < 0 || said.Sha256.Length != 64 || !said.Sha256.All(char.IsAsciiHexDigitLower)
            || said.Rejected is { Faults.Count: 0 or > ConfigurationRejection.MostFaults } || said.Rejected?.Faults.Any(f => f is null or { Path: null } or { Sentence: null }) == true)
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "configuration"));
            return;
        }

        long branch = await book.BranchAsync(report.Branch, cancellation);
        byte[] document = said.Document is { } packed && PackedConfiguration.Unpack(packed) is { } file && PackedConfiguration.HashOf(file) == said.Sha256 ? file : [];
        await database.WriteAsync(t => RememberAsync(t, branch, said, document), cancellation);
        if (said.Rejected is { } rejected && complaints.MaySay("configuration", report.Branch))
        {
            ConfigurationLog.Rejected(log, report.Branch, rejected.Revision, StorableText.Of(rejected.Faults[0].Sentence));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (brokers.All.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (Due due in await DueAsync(stoppingToken))
                {
                    await TellAsync(due, stoppingToken);
                }
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "configuration"))
                {
                    ConfigurationLog.Waiting(log, fault.Message);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the host goes on.
                if (complaints.MaySay("broke", "configuration"))
                {
                    ConfigurationLog.Broke(log, fault);
                }
            }
        }
    }

    private async Task<int> RememberAsync(DbTransaction t, long branch, ConfigurationReport said, byte[] document)
    {
        // What it said last; what it rejected counts only while it is what is wanted. When it has an older one, it is told within a second.
        string faults = said.Rejected is { } why ? JsonSerializer.Serialize(why with { Faults = [.. why.Faults.Select(Storable)] }, LinkJson.Info<ConfigurationRejection>()) : "";
        await t.Connection!.ExecuteAsync(
            """
            insert into configuration_state(branch, wanted, held, held_sha256, held_document, held_at, rejected, faults, next_at)
            values (@branch, 0, @Revision, @Sha256, @document, @Now, @rejected, @faults, 0)
            on conflict(branch) do update set held = excluded.held, held_sha256 = excluded.held_sha256, held_document = excluded.held_document, held_at = excluded.held_at,
              rejected = excluded.rejected, faults = excluded.faults, next_at = 0
            """,
            new { branch, said.Revision, said.Sha256, document, Now, rejected = said.Rejected?.Revision ?? 0, faults }, t);
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

    private Task<IReadOnlyList<Due>> DueAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Due>>(
        async c => (await c.QueryAsync<Due>(
            $"""
            select s.branch as Branch, b.name as Name, s.wanted as Revision from configuration_state s join branch b on b.id = s.branch
            where s.wanted > s.held and s.wanted <> s.rejected and s.next_at <= @Now order by s.next_at limit {BranchesAtOnce}
            """,
            new { Now })).AsList(), cancellation);

    private async Task TellAsync(Due due, CancellationToken cancellation)
    {
        Wanted wanted = await database.ReadAsync(
            c => c.QuerySingleOrDefaultAsync<Wanted?>("select document as Document, over_sha256 as Over from configuration where branch = @Branch and revision = @Revision", due), cancellation) ?? new([], "");
        var message = new ConfigurationMessage(1, due.Revision, PackedConfiguration.HashOf(wanted.Document), PackedConfiguration.Pack(wanted.Document) ?? "", wanted.Over);
        var publication = new MqttPublication(new Topics(due.Name).Config, LinkJson.Write(message));
        bool heard = false;
        foreach (Broker broker in brokers.All.Where(b => b.Connected))
        {
            heard |= await broker.PublishAsync(publication) == PublishOutcome.Accepted;
        }

        // Only while nothing was heard of it meanwhile.
        await database.WriteAsync(
            t => t.Connection!.ExecuteAsync(
                "update configuration_state set next_at = @next where branch = @Branch and wanted = @Revision and next_at <= @Now", new { due.Branch, due.Revision, Now, next = Now + (heard ? AgainAfter : AgainWhenAway) }, t),
            cancellation);
    }

    private sealed record Wanted(byte[] Document, string Over);

    private sealed record Due(long Branch, string Name, long Revision);
}
