using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Joining;

/// <summary>
/// What the journals say about tickets of people outside: a ticket that the branch took although nobody heard its answer, a call, the end. Two looks
/// at the database for all the events of a transaction, and none of a branch that gives no such tickets.
/// </summary>
internal sealed class JoinFollower(IDatabase database, JoinSettings settings, JoinMessages messages, TimeProvider time) : IEventFollower
{
    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        EventJson.TypeOf(new TicketIssued(0, "", "", 0, "", null, 0, 0, 0, "", null, "", null, default, false, false, default)),
        EventJson.TypeOf(new VisitCalled(0, "", "", null!, null!, default)), EventJson.TypeOf(new VisitEnded(0, default, null, default)),
        EventJson.TypeOf(new VisitMissed(0, "", 0, null!, default)), EventJson.TypeOf(new VisitRequeued(0, "", false, null!, default)),
        EventJson.TypeOf(new BookingCheckedIn("", 0, default, null!, default)),
    };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
    {
        List<StoredEvent> own = [.. events.Where(e => settings.Of(e.BranchName) is not null).OrderBy(e => e.Branch).ThenBy(e => e.Seq)];
        if (own.Count == 0)
        {
            return;
        }

        await BookedAsync(transaction, own);
        Dictionary<string, JoinTicket> byPress = await TicketsAsync(transaction, "press", [.. own.Select(e => e.Happened).OfType<TicketIssued>().Select(i => i.Press)]);
        foreach ((StoredEvent stored, TicketIssued issued) in own.Where(e => e.Happened is TicketIssued).Select(e => (e, (TicketIssued)e.Happened!)))
        {
            if (byPress.TryGetValue(issued.Press, out JoinTicket? ticket) && ticket.Branch == stored.Branch && await JoinTickets.TakenAsync(transaction, ticket.Id, issued.Visit, issued.Label, false, Now) == JoinState.Open)
            {
                // Put together when it goes, from what the branch says of it then.
                await messages.JoinedLaterAsync(transaction, ticket);
            }
        }

        Dictionary<(long, long), JoinTicket> byVisit = (await TicketsAsync(transaction, own)).ToDictionary(t => (t.Branch, t.Visit));
        foreach (StoredEvent stored in own)
        {
            await FollowAsync(transaction, stored, byVisit);
        }
    }

    private async Task FollowAsync(DbTransaction transaction, StoredEvent stored, Dictionary<(long, long), JoinTicket> byVisit)
    {
        switch (stored.Happened)
        {
            case VisitCalled called when byVisit.TryGetValue((stored.Branch, called.Visit), out JoinTicket? ticket):
                await SetAsync(transaction, ticket, called.Counter, called.At.Milliseconds);
                await messages.CalledAsync(transaction, ticket, stored.Seq);
                break;
            case VisitMissed missed when byVisit.TryGetValue((stored.Branch, missed.Visit), out JoinTicket? ticket):
                await SetAsync(transaction, ticket, "", 0);
                break;
            case VisitRequeued back when byVisit.TryGetValue((stored.Branch, back.Visit), out JoinTicket? ticket):
                await SetAsync(transaction, ticket, "", 0);
                break;
            case VisitEnded ended when byVisit.TryGetValue((stored.Branch, ended.Visit), out JoinTicket? ticket):
                await transaction.Connection!.ExecuteAsync("update join_ticket set state = 'over', changed_at = @Now where id = @Id", new { ticket.Id, Now }, transaction);
                break;
            default:
                break;
        }
    }

    /// <summary>Who has booked and checked in is written about like those who took their ticket from outside, where that is switched on.</summary>
    private async Task BookedAsync(DbTransaction transaction, List<StoredEvent> own)
    {
        foreach ((StoredEvent stored, BookingCheckedIn came) in own.Where(e => settings.Booked && e.Happened is BookingCheckedIn).Select(e => (e, (BookingCheckedIn)e.Happened!)))
        {
            string label = own.Where(e => e.Branch == stored.Branch).Select(e => e.Happened).OfType<TicketIssued>().FirstOrDefault(i => i.Visit == came.Visit)?.Label ?? "";
            await transaction.Connection!.ExecuteAsync(
                """
                insert into join_ticket(press, branch, service, language, channel, person, session, state, reason, visit, label, wanted_until, asked, leave_press, counter, called_at, near,
                  next_at, made_at, changed_at)
                select @press, b.branch, b.service, b.language, 'booking', b.person, '', 'open', '', @Visit, @label, 0, 1, '', '', 0, 0, @Now, @Now, @Now
                from booking b where b.branch = @Branch and b.number = @Booking and b.person is not null and @label <> ''
                on conflict (press) do nothing
                """,
                new { press = FormattableString.Invariant($"booking {stored.Branch} {came.Booking} {came.Visit}"), stored.Branch, came.Booking, came.Visit, label, Now }, transaction);
        }
    }

    /// <summary>Who was called is not told afterwards that it is near: the branch's live message is seconds behind its journal.</summary>
    private static Task<int> SetAsync(DbTransaction transaction, JoinTicket ticket, string counter, long at) => transaction.Connection!.ExecuteAsync(
        "update join_ticket set counter = @counter, called_at = @at, near = case when @counter <> '' then 1 else near end where id = @Id", new { ticket.Id, counter, at }, transaction);

    private async Task<Dictionary<string, JoinTicket>> TicketsAsync(DbTransaction transaction, string column, string[] values) => values.Length == 0 ? [] : (await transaction.Connection!.QueryAsync<JoinTicket>(
        $"select {JoinTicket.Columns} from join_ticket j join branch b on b.id = j.branch where {database.Sql.AnyOf("j." + column, "@values")} and j.state = 'unsure'",
        new { values }, transaction)).ToDictionary(t => t.Press, StringComparer.Ordinal);

    /// <summary>Open tickets of the visits that these events are about, the latest where a branch counts its visits anew.</summary>
    private async Task<IEnumerable<JoinTicket>> TicketsAsync(DbTransaction transaction, List<StoredEvent> own)
    {
        long[] visits = [.. own.Select(e => e.Happened switch
        {
            VisitCalled c => c.Visit, VisitMissed m => m.Visit, VisitRequeued r => r.Visit, VisitEnded x => x.Visit, _ => -1,
        }).Where(v => v >= 0).Distinct()];
        long[] of = [.. own.Select(e => e.Branch).Distinct()];
        return visits.Length == 0 ? [] : (await transaction.Connection!.QueryAsync<JoinTicket>(
            $"select {JoinTicket.Columns} from join_ticket j join branch b on b.id = j.branch where {database.Sql.AnyOf("j.branch", "@of")} and {database.Sql.AnyOf("j.visit", "@visits")} and j.state in ('open', 'leaving') order by j.id desc",
            new { of, visits }, transaction)).DistinctBy(t => (t.Branch, t.Visit));
    }
}
