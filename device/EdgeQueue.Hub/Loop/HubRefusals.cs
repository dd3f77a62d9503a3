using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>Refusals that the hub itself says, before the decider is asked.</summary>
internal static class HubRefusals
{
    public static Refusal Malformed(string fault) => new("malformed", $"This is not a command: {fault}");

    public static Refusal TooLarge(int bytes) => new("tooLarge", $"A command has at most {CommandIntake.MaximumBytes} bytes; this one has {bytes}.");

    public static Refusal UnknownVersion(int version) =>
        new("unknownVersion", $"This hub speaks version 1 of the contract, not {version}. Update the older of the two.");

    public static Refusal UnknownUnit(UnitAddress unit) =>
        new("unknownUnit", $"There is no unit '{unit}' in this branch's configuration. Add it, or correct the node's file.");

    public static Refusal NotForThisRole(string role, string type) =>
        new("notAllowed", $"A {role} may not send '{type}'.");

    public static Refusal NotYourCounter(string counter) =>
        new("notAllowed", $"This unit belongs to another counter than '{counter}'.");

    public static Refusal NotYourself { get; } = new("notAllowed", "A unit may ask only in its own name.");

    public static Refusal NotYourVisit { get; } = new("notAllowed", "This keypad may change only the visit at its own counter.");

    public static Refusal NotYourTicket { get; } = new("notAllowed", "A dispenser may report only on the tickets that it gave out or was asked to copy.");

    public static Refusal PressIsNotId { get; } = new("malformed", "The press of a ticket is the id of its command.");

    public static Refusal IdReused { get; } =
        new("idReused", "This id was used for another command. Each press needs an id of its own.");

    public static Refusal TooLate { get; } = new("tooLate", "This came too late: nobody waits for it any more. Ask again.");

    public static Refusal NotFromOutside { get; } = new("notAllowed", "From outside a ticket can be taken, put off, redirected or given up, and a booking checked in by its code; nothing else.");

    public static Refusal AtCounter(string label) => new("atCounter", $"{label} is called already. Come, or tell them at the counter.");

    public static Refusal Withdrawn { get; } = new("withdrawn", "The press was withdrawn before it took effect.");

    public static Refusal DiskFault { get; } =
        new("diskFault", "The hub's disk does not take new entries. Nothing was changed. Call the technician.");

    public static Refusal JournalBehind { get; } =
        new("journalBehind", "The hub's journal is an older copy. It gives no numbers until a technician has forked it.");

    /// <summary>What dispensers say while the hub has this fault; null: they are open.</summary>
    public static string? WhyClosed(string fault) => fault == DiskFault.Code ? DiskFault.Sentence : fault == JournalBehind.Code ? JournalBehind.Sentence : null;

    public static Refusal NodeAhead { get; } =
        new("journalBehind", "This node has seen more of the journal than the hub has, and no other node has. Call the technician.");

    public static Refusal TooManyBookingChanges { get; } = new(
        "bookingsGap", $"More than {BookingsDesk.MostWaiting} changes, or 40000 bookings, waited at once. Send the whole set.");

    public static Refusal PinNeeded { get; } = new("pinNeeded", "This operator signs in with a PIN.");

    public static Refusal PinWrong { get; } = new("pinWrong", "The PIN is wrong.");

    public static Refusal PinThrottled(int seconds) => new("pinThrottled", $"Too many wrong PINs. Wait {seconds} seconds.");

    /// <summary>The code says that nothing was decided: what must be told sooner or later goes on being told.</summary>
    public static Refusal TooManyCommands { get; } =
        new("busy", $"This unit sends more than {CommandRate.PerSecond} commands a second. Nothing was changed; try again.");

    public static Refusal Busy { get; } = new("busy", "Too many sign-ins at once. Press again.");

    public static Refusal NotADispenser { get; } =
        new("notADispenser", "Copies are printed at a dispenser of this branch, and this is none.");
}
