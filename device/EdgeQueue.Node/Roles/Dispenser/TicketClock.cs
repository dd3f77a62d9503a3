using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>Dates tickets by boot id and boot-time clock (DESIGN §7, offline tickets).</summary>
public sealed class TicketClock(BranchTime time)
{
    /// <summary>The customer has gone, and the hub has cancelled the visit (policy, unprinted tickets).</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    public string Boot => time.Boot.BootId;

    public long BootMs => time.Boot.Milliseconds;

    public long? BranchMs => time.Now?.Milliseconds;

    public int? Day => time.Day;

    /// <summary>As it is printed; null while the hub's clock is not trusted.</summary>
    public string? LocalNow => time.LocalNow?.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public bool IsFresh(StoredTicket ticket) =>
        ticket.Boot == Boot && BootMs - ticket.BootMs < (long)Fresh.TotalMilliseconds;

    /// <summary>
    /// When an offline ticket was taken: exact on the same boot; for an earlier boot what was known then, or the last
    /// known time, which keeps the order. Never before the ticket that joined before it, never after now.
    /// </summary>
    /// <returns>Null: the hub's time is not known yet.</returns>
    public (long Ms, bool Estimated)? Taken(PressTaken press, StoreState store)
    {
        if (time.Now is not { } now)
        {
            return null;
        }

        var estimated = press.Boot != Boot;
        var taken = estimated ? press.BranchMs ?? store.Day?.At ?? 0 : time.At(press.BootMs)!.Value.Milliseconds;
        return (Math.Max(store.LastTakenMs, Math.Min(taken, now.Milliseconds)), estimated);
    }
}
