using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>
/// Tells the hubs their bookings: when a hub says what it holds, and within a second when something changed. A hub that is told twice, by two replicas
/// or again after silence, notices by the version.
/// </summary>
internal sealed class BookingsSender(
    IDatabase database, BranchBook book, BookingsMessages messages, BookingRejections rejections, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger<BookingsSender> log)
    : BackgroundService, IReportTaker
{
    private const int BranchesAtOnce = 200;

    private const long AgainAfter = 5_000;

    /// <summary>Its hub is not there, and says what it holds when it comes back.</summary>
    private const long AgainWhenAway = 60_000;

    /// <summary>No hub gets there by counting; beyond it the sums of versions would overflow.</summary>
    private const long MostHeld = 1L << 50;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public TopicKind Kind => TopicKind.BookingsHeld;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (!ContractJson.TryRead(report.Bytes.Span, out BookingsReport? said, out _) || said.V != 1 || said.Held > MostHeld)
        {
            return;
        }

        // A hub's first report may be faster than its first events, which would enter it, too.
        long branch = await book.BranchAsync(report.Branch, cancellation);
        if (said.Rejected is [var rejected, ..])
        {
            await rejections.TakeAsync(branch, said.Rejected, cancellation);
            if (complaints.MaySay("rejected", report.Branch))
            {
                BookingLog.Rejected(log, report.Branch, said.Rejected.Count, rejected.Booking, rejected.Sentence);
            }
        }

        // A hub that took nothing gets the whole set; one that takes nothing at all is asked again later and not in a circle.
        bool refused = said.Refusal is not null;
        long held = refused ? -1 : said.Held;
        await RememberAsync(branch, held, refused ? Now + AgainAfter : 0, cancellation);
        if (!refused)
        {
            await TellAsync(branch, report.Branch, held, cancellation);
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
                    await TellOrLaterAsync(due, stoppingToken);
                }
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "telling"))
                {
                    BookingLog.Waiting(log, "telling the hubs their bookings", fault.Message);
                }
            }
        }
    }

    /// <summary>One branch whose bookings cannot be told waits by itself; the others are told.</summary>
    private async Task TellOrLaterAsync(Due due, CancellationToken cancellation)
    {
        try
        {
            await TellAsync(due.Branch, due.Name, due.Held, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (complaints.MaySay("telling", due.Name))
            {
                BookingLog.Waiting(log, $"telling branch {due.Name} its bookings", fault.Message);
            }

            await RememberAsync(due.Branch, due.Held, Now + AgainWhenAway, cancellation);
        }
    }

    private Task<IReadOnlyList<Due>> DueAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Due>>(
        async connection => (await connection.QueryAsync<Due>(
            $"""
            select v.branch as Branch, b.name as Name, coalesce(t.held, 0) as Held from booking_version v join branch b on b.id = v.branch
            left join booking_told t on t.branch = v.branch
            where coalesce(t.held, 0) <> v.version and coalesce(t.next_at, 0) <= @Now order by coalesce(t.next_at, 0) limit {BranchesAtOnce}
            """,
            new { Now })).AsList(), cancellation);

    private async Task TellAsync(long branch, string name, long held, CancellationToken cancellation)
    {
        if (await messages.NextAsync(branch, held, cancellation) is not { } message)
        {
            return;
        }

        var publication = new MqttPublication(new Topics(name).Bookings, ContractJson.Write(message));
        bool heard = false;
        foreach (Broker broker in brokers.All.Where(b => b.Connected))
        {
            heard |= await broker.PublishAsync(publication) == PublishOutcome.Accepted;
        }

        await RememberAsync(branch, held, Now + (heard ? AgainAfter : AgainWhenAway), cancellation);
    }

    private Task RememberAsync(long branch, long held, long next, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "insert into booking_told(branch, held, next_at) values (@branch, @held, @next) on conflict(branch) do update set held = excluded.held, next_at = excluded.next_at",
            new { branch, held, next }, transaction), cancellation);

    private sealed record Due(long Branch, string Name, long Held);
}
