using System.Data.Common;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>An event that is being stored.</summary>
/// <param name="Happened">Null: of a type that this release does not know.</param>
/// <param name="WallAt">By the clock on the branch's wall, milliseconds since 1970 UTC.</param>
public sealed record StoredEvent(long Branch, string BranchName, string Journal, long Seq, long At, string Type, Event? Happened, long WallAt = 0);

/// <summary>
/// A room that follows what happens in the branches: it is called inside the transaction that stores the events, once for each event, in the
/// order of each journal. What it writes is there when the events are, and never twice. It waits for nothing but the database.
/// </summary>
public interface IEventFollower
{
    /// <summary>Types that it wants, as in <c>EventJson.TypeOf</c>.</summary>
    IReadOnlySet<string> Types { get; }

    Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events);
}
