using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>
/// Tells the hubs their bookings: when a hub says what it holds, and within a second when something changed. A hub that is told twice, by two replicas
/// or again after silence, notices by the version.
/// </summary>
internal sealed class BookingsSender(
    IDatabase database, BranchBook book, BookingsMessages messages, BookingRejections rejections, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger<BookingsSender> log)
    : HubTeller<BookingsSender.Due>("bookings", againAfter: 5_000, brokers, time, complaints, log), IReportTaker
{
    private const int BranchesAtOnce = 200;

    /// <summary>No hub gets there by counting; beyond it the sums of versions would overflow.</summary>
    private const long MostHeld = 1L << 50;

    public TopicKind Kind => TopicKind.BookingsHeld;

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
            if (Complaints.MaySay("rejected", report.Branch))
            {
                BookingLog.Rejected(Log, report.Branch, said.Rejected.Count, rejected.Booking, rejected.Sentence);
            }
        }

        // A hub that took nothing gets the whole set; one that takes nothing at all is asked again later and not in a circle.
        bool refused = said.Refusal is not null;
        long held = refused ? -1 : said.Held;
        long? before = await ToldBeforeAsync(branch, cancellation);
        await RememberAsync(branch, held, refused ? Now + AgainAfter : 0, cancellation);
        if (!refused)
        {
            await TellAsync(new(branch, report.Branch, held) { ToldBefore = before }, cancellation);
        }
    }

    protected override Task<IReadOnlyList<Due>> DueAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Due>>(
        async connection => (await connection.QueryAsync<Due>(
            $"""
            select v.branch as Branch, b.name as Name, coalesce(t.held, 0) as Held from booking_version v join branch b on b.id = v.branch
            left join booking_told t on t.branch = v.branch
            where coalesce(t.held, 0) <> v.version and coalesce(t.next_at, 0) <= @Now order by coalesce(t.next_at, 0) limit {BranchesAtOnce}
            """,
            new { Now })).AsList(), cancellation);

    protected override async Task TellAsync(Due due, CancellationToken cancellation)
    {
        if (await messages.NextAsync(due.Branch, due.Held, due.ToldBefore, cancellation) is { } message)
        {
            await RememberAsync(due.Branch, due.Held, await SayAsync(new Topics(due.Name).Bookings, ContractJson.Write(message)), cancellation);
        }
    }

    protected override Task LaterAsync(Due due, long next, CancellationToken cancellation) => RememberAsync(due.Branch, due.Held, next, cancellation);

    private Task RememberAsync(long branch, long held, long next, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "insert into booking_told(branch, held, next_at) values (@branch, @held, @next) on conflict(branch) do update set held = excluded.held, next_at = excluded.next_at",
            new { branch, held, next }, transaction), cancellation);

    /// <summary>The version of this database's that the hub held, as far as this database knows; null: none.</summary>
    private Task<long?> ToldBeforeAsync(long branch, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select t.held from booking_told t join booking_version v on v.branch = t.branch where t.branch = @branch and t.held > 0 and t.held <= v.version",
            new { branch }, cancellationToken: cancellation)), cancellation);

    /// <param name="Held">Version that the hub said it holds; -1: it wants the whole set.</param>
    internal sealed record Due(long Branch, string Name, long Held) : IDueBranch
    {
        /// <summary>Before it said so it held this version of this database's: what it holds beyond that, this database has lost. Null: it held none.</summary>
        public long? ToldBefore { get; init; }
    }
}
