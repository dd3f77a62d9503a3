using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>What became of bookings in the branches: who checked in, whom nobody saw. A check-in wins over a move or a cancellation here.</summary>
internal sealed class BookingOutcomes(TimeProvider time) : IEventFollower
{
    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        EventJson.TypeOf(new BookingCheckedIn("", 0, default, default!, default)), EventJson.TypeOf(new BookingLapsed("", default)),
        EventJson.TypeOf(new BookingReopened("", default)),
    };

    public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (StoredEvent stored in events.OrderBy(e => e.Branch).ThenBy(e => e.Seq))
        {
            (string number, string state, string before) = stored.Happened switch
            {
                BookingCheckedIn came => (came.Booking, BookingState.Arrived, ""),
                // Who was cancelled here did not stay away.
                BookingLapsed lapsed => (lapsed.Booking, BookingState.Missed, BookingState.Booked),
                // The branch's clock had been wrong.
                BookingReopened again => (again.Booking, BookingState.Booked, BookingState.Missed),
                _ => ("", "", ""),
            };
            if (number.Length > 0)
            {
                await transaction.Connection!.ExecuteAsync(
                    "update booking set state = @state, changed_at = @now where branch = @Branch and number = @number and (state = @before or @before = '') and state <> 'held'",
                    new { state, now, stored.Branch, number, before }, transaction);
            }
        }
    }
}
