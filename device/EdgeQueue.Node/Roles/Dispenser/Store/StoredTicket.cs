using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Roles.Dispenser.Store;

/// <summary>One paper, from the press (or the order of a copy) until the hub knows all about it.</summary>
public sealed record StoredTicket(string Job, string Boot, long BootMs)
{
    /// <summary>Null for a copy, and for a booking that was checked in.</summary>
    public PressTaken? Press { get; init; }

    /// <summary>Of the button or chosen at the screen; null: the branch's first, or the booking's.</summary>
    public string? Language { get; init; }

    /// <summary>What the hub said; for a copy, what is to be repeated.</summary>
    public TicketResult? Result { get; init; }

    /// <summary>Set when the ticket has a leased number.</summary>
    public NumberTaken? Offline { get; init; }

    public bool Copy { get; init; }

    public bool Dropped { get; init; }

    /// <summary>The intent is durable and the result is not: after a restart, nobody knows.</summary>
    public bool Printing { get; init; }

    public PrintOutcome? Printed { get; init; }

    public JoinPrepared? Join { get; init; }

    public bool Joined { get; init; }

    /// <summary>The hub would not take the offline ticket over.</summary>
    public string? JoinRefused { get; init; }

    public long? Visit { get; init; }

    public bool Reported { get; init; }

    /// <summary>Nothing is known yet of what becomes of the press.</summary>
    public bool AwaitsAnswer => !Dropped && Result is null && Offline is null;

    /// <summary>One whose intent is durable is never begun again, whatever its result.</summary>
    public bool AwaitsPaper => !Dropped && !AwaitsAnswer && !Printing && Printed is null;

    public bool AwaitsJoin => Offline is not null && Printed is not null && !Joined;

    /// <summary>An offline ticket that joined has been printed for all the hub knows: it is told only when that is not so.</summary>
    public bool AwaitsReport =>
        Visit is not null && Printed is not null && !Reported && (Offline is null || Printed != PrintOutcome.Printed);

    public bool Done => Dropped || !(AwaitsAnswer || Printed is null || AwaitsJoin || AwaitsReport);
}
