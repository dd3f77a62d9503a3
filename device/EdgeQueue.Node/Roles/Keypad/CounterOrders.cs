using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>From what was pressed to what the hub is asked for.</summary>
public static class CounterOrders
{
    /// <param name="counter">What the operator sees; its version goes along, so that the hub can tell whether it is still so.</param>
    /// <param name="of">The ticket that it is about, as it was typed; null: the customer here.</param>
    /// <returns>The command, or the code of a refusal that needs no hub.</returns>
    public static (CounterOrder? Order, string? Refused) For(
        KeyFunction function, string digits, CounterMessage counter, KeypadConfiguration keypad, string? of = null)
    {
        var id = keypad.Counter;
        var seen = counter.Version;
        // The time of a command is the hub's (law 5); what stands here is not even written.
        var at = default(Moment);

        if (digits.Length > 0 && !TakesNumber(function) && !IsCode(digits))
        {
            return (null, "noNumberHere");
        }

        if (of is not null && function is not (KeyFunction.ChangeService or KeyFunction.SetPriority))
        {
            return (null, "noTicketHere");
        }

        return function switch
        {
            KeyFunction.Next => Ask(new CallNext(id, seen, at)),
            KeyFunction.CallTicket when digits.Length > 0 => Ask(new CallTicket(id, seen, digits, at)),
            KeyFunction.CallFrom when digits.Length > 0 =>
                Number(digits) is { } queue && queue >= 1 && queue <= keypad.CallQueues.Count
                    ? Ask(new CallNext(id, seen, at, keypad.CallQueues[queue - 1]))
                    : (null, "noSuchNumber"),
            KeyFunction.Arrive => Ask(new Arrive(id, seen, at)),
            KeyFunction.Resume when digits.Length > 0 => Ask(new Resume(id, digits, at)),
            KeyFunction.Reprint when digits.Length > 0 => Ask(new ReprintTicket(0, "", "", at, digits)),
            KeyFunction.Recall => Ask(new Recall(id, seen, at)),
            KeyFunction.NoShow => Ask(new NoShow(id, seen, at)),
            KeyFunction.Finish => Ask(new Finish(id, seen, [], null, [], at)),
            KeyFunction.Park when digits.Length == 0 => Ask(new Park(id, seen, null, at)),
            KeyFunction.Park => Number(digits) is >= 1 and <= 1440 and var minutes
                ? Ask(new Park(id, seen, minutes, at))
                : (null, "noSuchNumber"),
            KeyFunction.Transfer => Transfer(digits, keypad) is { } target
                ? Ask(new Transfer(id, seen, target.Service, target.Counter, target.Operator, target.Return, at))
                : (null, "noSuchNumber"),
            KeyFunction.Requeue => Ask(new Requeue(id, seen, ToEnd: false, at)),
            KeyFunction.RequeueToEnd => Ask(new Requeue(id, seen, ToEnd: true, at)),
            KeyFunction.Undo => Ask(new Reinstate(id, seen, at)),
            KeyFunction.Start when digits.Length == 0 => Ask(new StartService(id, seen, null, at)),
            KeyFunction.Start => Transfer(digits, keypad) is { Service: { } service }
                ? Ask(new StartService(id, seen, service, at))
                : (null, "noSuchNumber"),
            KeyFunction.AddStep when digits.Length > 0 => Transfer(digits, keypad) is { Service: { } service }
                ? Ask(new AddStep(id, seen, new JourneyStep(service), at))
                : (null, "noSuchNumber"),
            KeyFunction.DropSteps => counter.Visit is { } here
                ? Ask(new PlanJourney(here, [], false, at))
                : (null, "nobodyHere"),
            KeyFunction.GiveBack => Ask(new GiveBack(id, seen, at)),
            KeyFunction.ChangeService when digits.Length > 0 => Transfer(digits, keypad) is { Service: { } service }
                ? Ask(new ChangeService(0, service, at, id, of, of is null ? seen : null))
                : (null, "noSuchNumber"),
            KeyFunction.SetPriority when digits.Length > 0 => Priority(digits, keypad) is { } choice
                ? Ask(new SetPriority(0, choice.Priority, at, id, of, of is null ? seen : null, choice.Reason))
                : (null, "noSuchNumber"),
            KeyFunction.CloseDay => Ask(new CloseDay(at)),
            KeyFunction.Precall => Ask(new Precall(id, null, digits.Length == 0 ? 1 : Number(digits) ?? 0, at)),
            KeyFunction.Pause when digits.Length > 0 && !IsCode(digits) => Number(digits) is { } reason && reason >= 1 && reason <= keypad.PauseReasons.Count
                ? Ask(new PauseCounter(id, seen, keypad.PauseReasons[reason - 1], at))
                : (null, "noSuchNumber"),
            // Who is paused is known; the hub lets back without a PIN only who has none.
            KeyFunction.Pause when counter is { Phase: CounterPhase.Paused, Operator: { } who } =>
                Ask(new OpenCounter(id, who, null, TakeOver: false, at)),
            KeyFunction.Pause => Ask(new PauseCounter(id, seen, keypad.PauseReason, at)),
            KeyFunction.Close => Ask(new CloseCounter(id, seen, at)),
            KeyFunction.Open or KeyFunction.TakeOver when digits.Length > 0 =>
                (new CounterOrder(new OpenCounter(id, "", null, function == KeyFunction.TakeOver, at), digits), null),
            _ => (null, "numberMissing"),
        };
    }

    private static (CounterOrder?, string?) Ask(Command command) => (new CounterOrder(command, null), null);

    private static bool TakesNumber(KeyFunction function) => function is KeyFunction.CallTicket or KeyFunction.CallFrom or KeyFunction.Resume
        or KeyFunction.Reprint or KeyFunction.Park or KeyFunction.Transfer or KeyFunction.Start or KeyFunction.AddStep or KeyFunction.Precall
        or KeyFunction.ChangeService or KeyFunction.SetPriority or KeyFunction.Pause or KeyFunction.Open or KeyFunction.TakeOver;

    /// <summary>"0" and "00" before a key are words of the standard table and no numbers.</summary>
    private static bool IsCode(string digits) => digits is "0" or "00";

    private static TransferTarget? Transfer(string digits, KeypadConfiguration keypad) =>
        Number(digits) is { } place && place >= 1 && place <= keypad.TransferTargets.Count ? keypad.TransferTargets[place - 1] : null;

    /// <summary>Zero takes every choice back.</summary>
    private static PriorityChoice? Priority(string digits, KeypadConfiguration keypad) =>
        Number(digits) is not { } place ? null
        : place == 0 ? keypad.Priorities.Count > 0 ? new PriorityChoice(0) : null
        : place <= keypad.Priorities.Count ? keypad.Priorities[place - 1] : null;

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <param name="Pin">Only with an <see cref="OpenCounter"/> that names no operator: the hub finds out whose it is.</param>
public sealed record CounterOrder(Command Command, string? Pin)
{
    /// <summary>Without the PIN.</summary>
    public override string ToString() => Command.GetType().Name;
}
