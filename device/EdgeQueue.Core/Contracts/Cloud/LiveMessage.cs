using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>
/// On <c>live</c>, hub to cloud: how the branch is just now; the latest wins, and a lost one is made good by the next. Said when it
/// changed, at most every 2 s, at least every 30 s; the will says <c>online: false</c>. No name, no phone number.
/// </summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Beat">Counts the messages of this hub process, from 1; with <paramref name="At"/> it says which is later.</param>
/// <param name="At">Branch time, milliseconds; all moments in here are in branch time.</param>
/// <param name="Local">Local time as a clock on the wall shows it, milliseconds since 1970-01-01T00:00 local.</param>
/// <param name="Name">Of the branch, by language.</param>
/// <param name="OverTarget">Visits that have waited longer than their target.</param>
/// <param name="OldestSince">Since when the one waits that has waited longest; null: nobody waits.</param>
/// <param name="TimeZone">IANA name, of the branch's configuration; null: a hub that does not say it.</param>
/// <param name="Visits">Waiting and called visits, at most <see cref="MostVisits"/>, in order; <paramref name="MoreVisits"/> are not in it.</param>
/// <param name="Image">Version of the system image of the hub's own device; null: it runs none of ours.</param>
/// <param name="MoreMinutes">Who waits may ask for so many minutes more; null: not in this branch.</param>
public sealed record LiveMessage(
    int V, string Journal, long Seq, bool Online, long Beat, long At, long Local, bool ClockTrusted, int Day, string Version,
    IReadOnlyDictionary<string, string> Name, int Waiting, int OverTarget, long? OldestSince,
    IReadOnlyList<LiveService> Services, IReadOnlyList<LiveCounter> Counters, IReadOnlyList<LiveVisit> Visits, int MoreVisits,
    IReadOnlyList<LiveCall> Calls, IReadOnlyList<LiveUnit> Units, IReadOnlyList<Fault> Faults,
    int? MoreMinutes = null, string? TimeZone = null, string? Image = null)
{
    public const int MostVisits = 1000;

    /// <summary>Code of the fault that tells an evacuation.</summary>
    public const string Evacuating = "evacuating";
}

/// <param name="Minutes">P50 and P90 of the wait of somebody who came now, whole minutes; null: not known, or at once.</param>
public sealed record LiveService(
    string Service, IReadOnlyDictionary<string, string> Names, int Waiting, long? OldestSince, long TargetMs, ExpectedWait? Minutes);

/// <param name="Number">What people call it.</param>
public sealed record LiveCounter(string Counter, string Number, CounterPhase Phase, string? Operator, string? Label, string? PauseReason);

/// <param name="Ahead">Visits that wait for the same service and came before; null: it does not wait any more.</param>
/// <param name="Minutes">P50 and P90 until it is called, whole minutes; null: not known, or at once.</param>
/// <param name="Counter">The counter's number that it is called to or served at; null: it waits.</param>
/// <param name="Serving">It has arrived there.</param>
/// <param name="Until">It is aside until then, branch time, and waits on afterwards; null: it is not, or until somebody resumes it.</param>
/// <param name="Operator">It waits for this operator; null: for anybody.</param>
public sealed record LiveVisit(
    long Visit, string Label, string Service, int? Ahead, ExpectedWait? Minutes, string? Counter = null, bool Serving = false,
    long? Until = null, string? Operator = null);

public sealed record LiveCall(long Seq, string Label, string Number, long At);

/// <param name="MissingSince">Null: it is there.</param>
/// <param name="Image">Version of its device's system image; null: it runs none of ours, or has not said.</param>
public sealed record LiveUnit(string Unit, string Role, string? Version, long? MissingSince, string? Image = null);
