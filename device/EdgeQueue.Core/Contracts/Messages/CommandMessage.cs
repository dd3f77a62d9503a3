using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Messages;

/// <summary>
/// On <c>cmd/{node}/{unit}</c>. Sent again, byte for byte the same, until its reply comes (the broker's PUBACK is not an answer).
/// </summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Id">128 random bits, 32 lower-case hexadecimal digits, unique per (node, unit).</param>
/// <param name="Seen">Where the sender knows the hub's journal to be; the hub refuses to decide from an older copy (DESIGN §6).</param>
/// <param name="Command">What is wanted; null when the id is withdrawn. Its time is set by the hub.</param>
/// <param name="Withdraw">True: the press of this id is no longer wanted; answer with its reply, or bury the id.</param>
/// <param name="Pin">Operator's PIN, digits, only with <see cref="OpenCounter"/> and without an operator: never stored.</param>
/// <param name="WantedUntil">
/// Branch time as the sender knows it from the hub, milliseconds: afterwards nobody waits for it, and the hub refuses it. The broker's own expiry does not count
/// what lies at the door of a hub that is stuck. Null: for ever, or the sender does not know the time.
/// </param>
public sealed record CommandMessage(
    int V, string Id, JournalPosition? Seen, Command? Command, bool Withdraw = false, string? Pin = null, long? WantedUntil = null);

/// <summary>Which journal, and how far.</summary>
/// <param name="Journal">The journal's random id.</param>
/// <param name="Seq">Number of its last event.</param>
public sealed record JournalPosition(string Journal, long Seq);

/// <summary>On <c>reply/{node}/{unit}</c>: the answer to the command with the same id.</summary>
/// <param name="Seq">Last event of the commit that this answer stands on.</param>
/// <param name="Refusal">Null: accepted.</param>
/// <param name="Counter">What the counter shows now, for a counter's command, accepted or refused.</param>
public sealed record ReplyMessage(
    int V, string Id, string Journal, long Seq, Refusal? Refusal,
    TicketResult? Ticket = null, LeaseResult? Lease = null, CounterMessage? Counter = null, CallReason? Why = null);

/// <summary>What the dispenser prints.</summary>
/// <param name="Ahead">Visits that waited for the same service when it was taken.</param>
/// <param name="ExpectedMinutes">P50 and P90 of the time until the call, whole minutes, also before a slot; null: not known, say nothing.</param>
/// <param name="AppointmentLocal">Of a booking that was checked in: its slot, in the form of <c>TakenAtLocal</c>; null: no appointment, or one that was missed.</param>
/// <param name="TakenAtLocal">Local time as a clock on the wall shows it, <c>yyyy-MM-ddTHH:mm</c>; null while the clock is not trusted.</param>
public sealed record TicketResult(
    long Visit, string Label, string Service, string? Segment, string Language, int Ahead, ExpectedWait? ExpectedMinutes,
    string? TakenAtLocal, string Link, string? AppointmentLocal = null);

public sealed record ExpectedWait(int P50, int P90);

/// <summary>All blocks that the store holds by the hub's journal after the command.</summary>
public sealed record LeaseResult(string Store, IReadOnlyList<LeasedBlock> Blocks);

/// <param name="Prefix">Letters of the label.</param>
/// <param name="Digits">Least digits of the number.</param>
public sealed record LeasedBlock(string Lease, string Service, string Prefix, int Digits, int First, int Last);
