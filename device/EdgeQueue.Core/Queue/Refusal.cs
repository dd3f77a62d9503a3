namespace EdgeQueue.Core.Queue;

/// <summary>
/// An expected "no", with a sentence that a person can act on (law 8). The code is for programs and stays;
/// the sentence is English and may change.
/// </summary>
/// <param name="At">Local time of day from which it would be possible, <c>HH:mm</c>, with its date when that is another day; null: no time helps.</param>
public sealed partial record Refusal(string Code, string Sentence, string? At = null)
{
    public static Refusal NobodyWaiting { get; } = new("nobodyWaiting", "No one is waiting for your services.");

    public static Refusal CounterMovedOn { get; } =
        new("counterMovedOn", "The counter has moved on since you looked. Look at its display and press again.");

    public static Refusal NotArrived { get; } =
        new("notArrived", "The called customer has not arrived. Press Arrive, Recall or NoShow first.");

    public static Refusal NobodyCalled { get; } = new("nobodyCalled", "Nobody is called to this counter.");

    public static Refusal NobodyServed { get; } = new("nobodyServed", "Nobody is being served at this counter.");

    public static Refusal AlreadyArrived { get; } = new("alreadyArrived", "The customer has already arrived.");

    public static Refusal NothingToReinstate { get; } =
        new("nothingToReinstate", "There is nothing to take back at this counter, or the customer is elsewhere by now.");

    public static Refusal CounterBusy { get; } =
        new("counterBusy", "The counter has a customer. Finish, requeue or transfer first.");

    public static Refusal CounterClosed { get; } = new("counterClosed", "The counter is closed. Open it first.");

    public static Refusal CounterPaused { get; } = new("counterPaused", "The counter is paused. Open it again first.");

    public static Refusal Evacuating { get; } = new("evacuating", "The branch is being evacuated.");

    public static Refusal NotConfigured { get; } =
        new("notConfigured", "The branch has no configuration yet. Give the hub one and it opens its first day.");

    public static Refusal UnknownLease(string lease) => new("unknownLease", $"There is no lease '{lease}'.");

    public static Refusal UnknownCounter(string counter) =>
        new("unknownCounter", $"There is no counter '{counter}' in this branch's configuration.");

    public static Refusal UnknownService(string service) =>
        new("unknownService", $"There is no service '{service}' in this branch's configuration.");

    public static Refusal UnknownSegment(string segment) =>
        new("unknownSegment", $"There is no segment '{segment}' in this branch's configuration.");

    public static Refusal UnknownWorkProfile(string profile) =>
        new("unknownWorkProfile", $"There is no work profile '{profile}' in this branch's configuration.");

    public static Refusal UnknownOperator(string operatorId) =>
        new("unknownOperator", $"There is no operator '{operatorId}' in this branch's configuration.");

    public static Refusal UnknownVisit { get; } = new("unknownVisit", "There is no such visit today.");

    public static Refusal UnknownLabel(string label) => new("unknownLabel", $"No one with ticket {label} is here today.");

    public static Refusal SeveralTickets(string typed, IEnumerable<string> labels) => new(
        "severalTickets", $"{typed} can be {string.Join(" or ", labels.Select(l => TypedLabel.InDigits(l) is { } digits ? $"{l} (type {digits})" : l))}: name it by its whole label.");

    public static Refusal NotWaiting(string label) => new("notWaiting", $"{label} is not waiting.");

    public static Refusal NotParked(string label) => new("notParked", $"{label} is not parked.");

    public static Refusal ServiceClosed(string service) => new("serviceClosed", $"'{service}' is closed at this hour.");

    public static Refusal NumbersExhausted(string service) =>
        new("numbersExhausted", $"All ticket numbers of '{service}' have been given today. Close the day or widen its numbers.");

    public static Refusal NoNumbersToLease(string service) =>
        new("noNumbersToLease", $"All offline numbers of '{service}' are leased. Look with 'edgequeue journal leases' for stores that were wiped and give them up with 'edgequeue journal revoke', or widen the offline numbers.");

    /// <param name="prefixes">Prefixes that would have no number left, today or on the next day.</param>
    public static Refusal ForkExhausts(IEnumerable<string> prefixes) =>
        new(
            "forkExhausts",
            $"This fork would leave no number today or on the next day for: {string.Join(", ", prefixes.Select(p => $"'{p}'"))}. The journal was not changed. "
            + "Look at the papers in people's hands and say the highest ordinary label of each of these, for example --last A057 --last C012 "
            + "(A000: nobody has one). If there really is none left, say --accept-exhaustion.");

    public static Refusal NotYourLease { get; } =
        new("notYourLease", "This number was not leased to this dispenser's store.");

    public static Refusal OperatorElsewhere(string counter) =>
        new("operatorElsewhere", $"You are open at counter {counter}. Close it first.");

    public static Refusal CounterTaken(string operatorId) =>
        new("counterTaken", $"Operator {operatorId} has this counter. Open with take-over to take it.");

    public static Refusal TooFewCalls(int made, int needed) =>
        new("tooFewCalls", $"Called {made} of {needed} times. Recall first.");

    public static Refusal TooSoon(int seconds) => new("tooSoon", $"Wait {seconds} more seconds after the last call.");

    public static Refusal Invalid(string what) => new("invalid", what);

    public static Refusal TooMany(string what) => new("tooMany", what);
}

/// <summary>What the decider says: events, or a refusal and no events.</summary>
public readonly record struct Decision(Refusal? Refusal, IReadOnlyList<Event> Events)
{
    public bool Accepted => Refusal is null;

    public static Decision Accept(params IReadOnlyList<Event> events) => new(null, events);

    public static Decision Refuse(Refusal refusal) => new(refusal, []);
}
