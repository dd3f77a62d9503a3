using System.Globalization;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Says in the status that the wall clock was set, for an hour: nothing follows from it by itself (DESIGN §6), but somebody
/// should know why the tickets' printed time jumped. By the loop's thread only.
/// </summary>
public sealed class ClockNotice(HubFaults faults)
{
    private const string Code = "clockStepped";
    private const long ShownForMs = 60 * 60 * 1000;

    /// <summary>What a synchronised clock corrects now and then is nobody's business.</summary>
    private const long LeastMs = 60 * 1000;

    private BranchClock? _known;
    private Moment _since;

    /// <summary>The clock as the journal knows it at the start.</summary>
    public void Begin(BranchClock known) => _known = known;

    public void Stepped(BranchClock clock, Moment at)
    {
        long by = clock.DisplayOffset - (_known?.DisplayOffset ?? clock.DisplayOffset);
        _known = clock;
        if (Math.Abs(by) < LeastMs)
        {
            return;
        }

        _since = at;
        faults.Set(Code, new Fault(Code, string.Create(
            CultureInfo.InvariantCulture,
            $"The clock on the wall was set {(by > 0 ? "forward" : "back")} by {Math.Round(Math.Abs(by) / 60_000.0)} min. Times shown and printed follow it; waiting times, parks and the business day do not. If that was not on purpose, look at the hub's time service.")));
    }

    /// <returns>Whether the notice is over now.</returns>
    public bool Look(Moment now) => now.Milliseconds - _since.Milliseconds > ShownForMs && faults.Set(Code, null);
}
