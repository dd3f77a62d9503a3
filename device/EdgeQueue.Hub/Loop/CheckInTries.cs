using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Numbers of bookings that were tried at a dispenser and are nobody's (DESIGN §11). Few digits would be walked through in
/// minutes, and a slot be taken from who booked it: after five, each further try waits longer. Tickets are given all the same, and so
/// are those who show the code that they were sent: 128 bits are not guessed.
/// </summary>
public sealed class CheckInTries(TimeProvider time)
{
    private const string Code = "checkInTries";
    private const int FreeTries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Nobody guesses so slowly: then all tries are free again.</summary>
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(30);

    // Bounded: only configured dispensers get so far.
    private readonly Dictionary<UnitAddress, (int Wrong, long Since)> _tries = [];

    /// <returns>Null: the desk may ask.</returns>
    public Refusal? Check(UnitAddress desk, CheckInBy by) => by == CheckInBy.Token ? null : Pause(desk);

    private Refusal? Pause(UnitAddress desk)
    {
        if (!_tries.TryGetValue(desk, out var tries))
        {
            return null;
        }

        TimeSpan left = PauseAfter(tries.Wrong) - time.GetElapsedTime(tries.Since);
        return left > TimeSpan.Zero ? Refusal.CheckInPaused((int)Math.Ceiling(left.TotalSeconds)) : null;
    }

    /// <summary>What the hub decided about a check-in there.</summary>
    public void Note(UnitAddress desk, CheckInBy by, Decision decision)
    {
        if (by == CheckInBy.Token)
        {
            return;
        }

        if (decision.Refusal == Refusal.UnknownBooking)
        {
            int before = _tries.TryGetValue(desk, out var tries) && time.GetElapsedTime(tries.Since) < Forgiven ? tries.Wrong : 0;
            _tries[desk] = (before + 1, time.GetTimestamp());
        }
        else if (decision.Events.Count > 0)
        {
            _tries.Remove(desk);
        }
    }

    /// <summary>Said while a desk pauses; null: none does.</summary>
    public Fault? Fault => _tries.Where(t => Pause(t.Key) is not null).Select(t => t.Key.ToString()).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } paused
        ? new Fault(Code, $"Somebody tries booking numbers at {string.Join(", ", paused)}: check-in by number pauses there for some minutes, codes are taken and tickets are given. Have a look who stands there.")
        : null;

    /// <summary>Where <see cref="Fault"/> is said.</summary>
    public static string FaultCode => Code;

    private static TimeSpan PauseAfter(int wrong) => wrong < FreeTries
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(wrong - FreeTries, 8)));
}
