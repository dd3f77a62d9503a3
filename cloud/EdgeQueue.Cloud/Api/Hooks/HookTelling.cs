using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>Something that happened, before it is known who wants to hear it.</summary>
/// <param name="Key">The same whoever tells it again.</param>
/// <param name="At">Milliseconds since 1970 UTC.</param>
internal sealed record HookEvent(string Key, string Kind, long Branch, string? BranchName, long At, HookData Data);

/// <summary>Writes down what is to be told to web hooks, in the transaction of what happened. Nothing is read or written where no program listens.</summary>
internal sealed class HookTelling(IDatabase database, ApiSettings settings, TimeProvider time) : IEventFollower, IBookingFollower
{
    private static readonly RowsStatement Add = new(
        """
        insert into notice(key, channel, target, subject, body, file_name, file, state, fault, tries, next_at, until, quiet, made_at, changed_at, hook)
        select key, 'api', target, subject, body, '', file, 'waiting', '', 0, now, until, 0, at, now, hook from {rows} where true on conflict(key) do nothing
        """,
        ("key", ColumnType.Text), ("target", ColumnType.Text), ("subject", ColumnType.Text), ("body", ColumnType.Text), ("file", ColumnType.Bytea), ("now", ColumnType.Bigint),
        ("until", ColumnType.Bigint), ("at", ColumnType.Bigint), ("hook", ColumnType.Bigint));

    private static readonly TimeSpan CountHolds = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Waiting> _waiting = new();

    public IReadOnlySet<string> Types => HookKinds.Types;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events) => TellAsync(transaction, () =>
        [.. from e in events.OrderBy(e => e.Branch).ThenBy(e => e.Seq) let told = HookKinds.Of(e.Happened) where told is not null
            select new HookEvent(string.Create(CultureInfo.InvariantCulture, $"{e.Journal}:{e.Seq}"), told.Value.Kind, e.Branch, e.BranchName, e.WallAt, told.Value.Data)]);

    public Task FollowAsync(DbTransaction transaction, BookingChange change, BookingRow booking) => TellAsync(transaction, () =>
    [
        new(
            string.Create(CultureInfo.InvariantCulture, $"booking:{booking.Id}:{change switch { BookingChange.Made => "made", BookingChange.Cancelled => "cancelled", _ => booking.Moves.ToString(CultureInfo.InvariantCulture) }}"),
            change switch { BookingChange.Made => HookKinds.BookingMade, BookingChange.Moved => HookKinds.BookingMoved, _ => HookKinds.BookingCancelled }, booking.Branch, null, Now,
            new() { Booking = booking.Number, Service = booking.Service, StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(booking.StartsAt) }),
    ]);

    /// <param name="happened">Asked for only when somebody listens.</param>
    public async Task TellAsync(DbTransaction transaction, Func<IReadOnlyList<HookEvent>> happened)
    {
        if (await HookBook.OpenAsync(transaction) is not { Count: > 0 } hooks || happened() is not { Count: > 0 } events)
        {
            return;
        }

        Dictionary<long, Place> places = (await transaction.Connection!.QueryAsync<Place>(
            $"select id as Id, name as Name, region as Region from branch where {database.Sql.AnyOf("id", "@ids")}", new { ids = events.Select(e => e.Branch).Distinct().ToArray() }, transaction)).ToDictionary(p => p.Id);
        long now = Now;
        var rows = new List<object[]>();
        foreach (OpenHook hook in hooks)
        {
            List<HookEvent> wanted = [.. events.Where(e => places.TryGetValue(e.Branch, out Place? place) && hook.Wants(e.Kind, place.Region))];
            if (wanted.Count == 0)
            {
                continue;
            }

            int room = await RoomAsync(transaction, hook.Id, wanted.Count);
            rows.AddRange(wanted.Take(room).Select(e => Row(hook, e, places[e.Branch].Name, now)));
            if (room < wanted.Count)
            {
                // The oldest stay: a receiver that comes back gets a beginning without gaps, and a number that says how many are missing.
                await transaction.Connection!.ExecuteAsync("update api_hook set lost = lost + @lost where id = @Id", new { hook.Id, lost = (long)(wanted.Count - room) }, transaction);
            }
        }

        await Add.RunAsync(database.Sql, transaction, rows);
    }

    /// <summary>
    /// How many of them may wait for a hook, too. Those that wait are counted every few seconds, in between by what is added here, and anew before any is refused: thousands of events a second must not
    /// count thousands of rows each time. Several replicas may go a little beyond the bound.
    /// </summary>
    private async Task<int> RoomAsync(DbTransaction transaction, long hook, int wanted)
    {
        if (!_waiting.TryGetValue(hook, out Waiting? waiting) || time.GetElapsedTime(waiting.CountedAt) > CountHolds || waiting.Count + wanted > settings.HookWaiting)
        {
            long count = await transaction.Connection!.ExecuteScalarAsync<long>("select count(*) from notice where hook = @hook and state = 'waiting'", new { hook }, transaction);
            _waiting[hook] = waiting = new Waiting(time.GetTimestamp(), count);
        }

        int room = (int)Math.Clamp(settings.HookWaiting - waiting.Count, 0, wanted);
        waiting.Add(room);
        return room;
    }

    private object[] Row(OpenHook hook, HookEvent e, string branch, long now)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"api:{hook.Id}:{e.Key}");
        var body = new HookBody(id, e.Kind, DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(e.At, 0, 253_402_300_799_999)), branch, e.Data);
        return [id, hook.Url, e.Kind, JsonSerializer.Serialize(body, HookJson.Default.HookBody), Array.Empty<byte>(), now, now + (settings.HookDays * 86_400_000L), now, hook.Id];
    }

    private sealed class Waiting(long countedAt, long count)
    {
        private long _count = count;

        public long CountedAt => countedAt;

        public long Count => Interlocked.Read(ref _count);

        public void Add(long more) => Interlocked.Add(ref _count, more);
    }

    private sealed record Place(long Id, string Name, string Region);
}
