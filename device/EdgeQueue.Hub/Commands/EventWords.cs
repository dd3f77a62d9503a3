using System.Globalization;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>When and by whom, as the commands that show a journal say it.</summary>
internal static class EventWords
{
    /// <summary>By the clock that hung on the wall then, not by today's: between them may lie a step, or summer time.</summary>
    public static string Local(BranchClock clock, Moment at) =>
        DateTime.UnixEpoch.AddMilliseconds(clock.Local(at)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <param name="since">First event whose source was kept; null: none was.</param>
    public static string By(EventSource? source, long seq, long? since) => source switch
    {
        { From: "technician" } => ", by a technician's command",
        { From: "cloud" } => ", from the cloud",
        { From: "bookings" } => ", from the file of bookings",
        { From: "configuration" } => ", by a change of the configuration",
        { Operator: { } person } => $", by {person} from {source.From}",
        { } => $", from {source.From}",
        null when since <= seq => ", by the hub, because it was time",
        null => ", by whom is not known: an older release wrote it",
    };
}
