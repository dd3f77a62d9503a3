using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Link;

/// <summary>From the loop's picture of the branch to what the cloud is told of it. On the link's thread.</summary>
internal static class LiveFace
{
    private const int CallsTold = 10;

    // The branch itself has a sign of its own for it; head office looks at faults first.
    private static readonly Fault Evacuating = new(LiveMessage.Evacuating, "The branch is being evacuated: nothing is given or called until it ends.");

    public static LiveMessage Of(HubPicture picture, long beat)
    {
        BranchStatusMessage status = picture.Status;
        Dictionary<string, IReadOnlyDictionary<string, string>> names = picture.Loaded.Configuration.Services
            .ToDictionary(s => s.Id, s => s.Name, StringComparer.Ordinal);
        var ahead = new Dictionary<string, int>(StringComparer.Ordinal);
        // Who is called and who is aside come first: a hall of a thousand must not hide from anybody that it is their turn.
        List<LiveVisit> visits =
        [
            .. picture.Counters.Where(c => c.Visit is not null).Select(c => new LiveVisit(
                c.Visit!.Value, c.Label ?? "", c.Service ?? "", null, null, c.Number, c.Phase == CounterPhase.Serving)),
            .. picture.Aside.Select(a => new LiveVisit(a.Visit, a.Label, a.Service, null, null, Until: a.Until)),
        ];
        int all = visits.Count - picture.Aside.Count + picture.Parked + status.Waiting;
        foreach (WaitingPicture visit in picture.Waiting)
        {
            // Who waits for an operator is before or behind others who do.
            string line = visit.Operator is { } person ? $"{person}@" : visit.Service;
            int place = ahead.GetValueOrDefault(line);
            ahead[line] = place + 1;
            visits.Add(new LiveVisit(visit.Visit, visit.Label, visit.Service, place, Minutes(picture.Waits?.Visits.GetValueOrDefault(visit.Visit)),
                Operator: visit.Operator));
        }

        List<LiveVisit> told = [.. visits.Take(LiveMessage.MostVisits)];
        return new LiveMessage(
            1, status.Journal, status.Seq, status.Online, beat, status.At, status.Local, status.ClockTrusted, status.Day, status.Version,
            picture.Loaded.Configuration.Name, status.Waiting, picture.OverTarget,
            picture.Queues.Max(q => q.OldestMs) is { } oldest ? status.At - oldest : null,
            [.. picture.Queues.Select(q => new LiveService(
                q.Service, names[q.Service], q.Waiting, q.OldestMs is { } since ? status.At - since : null, q.TargetMs,
                Minutes(picture.Waits?.Newcomers.GetValueOrDefault(new(q.Service, null)))))],
            [.. picture.Counters.Select(c => new LiveCounter(c.Counter, c.Number, c.Phase, c.Operator, c.Label, c.PauseReason))],
            told, Math.Max(0, all - told.Count),
            [.. picture.Calls.Take(CallsTold).Select(c => new LiveCall(
                c.Seq, c.Label, picture.Counters.FirstOrDefault(at => at.Counter == c.Counter)?.Number ?? c.Counter, c.At.Milliseconds))],
            [.. picture.Units.Select(u => new LiveUnit(
                u.Unit, u.Role, u.Version, status.Missing.FirstOrDefault(m => $"{m.Node}/{m.Unit}" == u.Unit)?.SinceMs, u.Image))],
            status.Evacuating == true ? [Evacuating, .. status.Faults] : status.Faults, picture.Loaded.Configuration.Policy.MoreTime?.Minutes, picture.Loaded.Configuration.TimeZone, HubVersion.Image);
    }

    /// <summary>The same but for what passes by itself: then there is nothing new to tell.</summary>
    public static bool Same(LiveMessage a, LiveMessage b) =>
        LinkJson.Write(Still(a)).AsSpan().SequenceEqual(LinkJson.Write(Still(b)));

    /// <summary>What the broker says when the hub is gone.</summary>
    public static LiveMessage Gone(string journal, long seq) => new(
        1, journal, seq, false, 0, 0, 0, false, 0, HubVersion.Text, new Dictionary<string, string>(), 0, 0, null, [], [], [], 0, [], [], []);

    private static LiveMessage Still(LiveMessage live) => live with { Beat = 0, At = 0, Local = 0, Seq = 0 };

    private static ExpectedWait? Minutes(WaitPrediction? prediction) => prediction is null ? null : WaitBoard.Minutes(prediction);
}
