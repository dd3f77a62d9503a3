using System.Text.Json.Serialization;

namespace EdgeQueue.Cloud.Api;

/// <summary>A part of a list; <see cref="Next"/> as <c>cursor</c> gives the following one, null: this was the last.</summary>
internal sealed record BranchList(IReadOnlyList<BranchItem> Items, string? Next);

/// <param name="Branch">Its name in MQTT and in addresses.</param>
/// <param name="Connected">Its hub was heard within 75 s. When not, the rest is how it was last.</param>
/// <param name="LongestWaitSeconds">Null: nobody waits.</param>
/// <param name="ReportedAt">RFC 3339, UTC; null: it has never reported.</param>
internal sealed record BranchItem(
    string Branch, string Title, string Region, bool Connected, long Waiting, long OverTarget, long? LongestWaitSeconds, long CountersOpen, long DevicesMissing, long Faults,
    string Version, DateTimeOffset? ReportedAt);

internal sealed record BranchState(BranchItem Branch, int BusinessDay, IReadOnlyList<ServiceState> Services, IReadOnlyList<CounterState> Counters);

/// <param name="WaitMinutesP50">Of somebody who came now; null: not known, or at once.</param>
internal sealed record ServiceState(string Service, IReadOnlyDictionary<string, string> Names, int Waiting, long TargetSeconds, int? WaitMinutesP50, int? WaitMinutesP90);

/// <param name="State">closed, paused, idle, called, serving.</param>
internal sealed record CounterState(string Counter, string Number, string State, string? Ticket);

/// <param name="State">waiting, called, serving, aside.</param>
/// <param name="Ahead">Who waits for the same service and came before; null: it does not wait.</param>
internal sealed record TicketState(string Branch, long Visit, string Label, string Service, string State, int? Ahead, int? WaitMinutesP50, int? WaitMinutesP90, string? Counter);

/// <param name="Service">As in the branch's configuration.</param>
/// <param name="Language">BCP 47, one that the branch has; null: its first.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TakeTicket(string? Service, string? Language);

/// <param name="Link">What the ticket's QR code would hold; '' when the branch has no such pages.</param>
internal sealed record TakenTicket(string Branch, long Visit, string Label, string Service, int Ahead, int? WaitMinutesP50, int? WaitMinutesP90, string Link);

/// <param name="Officers">Who can be chosen for this service; none: nobody, it is with anybody.</param>
internal sealed record SlotList(string Branch, string Service, string TimeZone, IReadOnlyList<SlotItem> Items, IReadOnlyList<OfficerItem> Officers);

/// <summary>Somebody whom customers may choose.</summary>
internal sealed record OfficerItem(string Officer, IReadOnlyDictionary<string, string> Names);

/// <param name="StartsAt">RFC 3339, UTC.</param>
/// <param name="Local">What the clock on the branch's wall shows then, yyyy-MM-ddTHH:mm.</param>
internal sealed record SlotItem(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Local, int Free);

/// <param name="StartsAt">Of a slot that is free; RFC 3339 with its offset.</param>
/// <param name="Phone">With its country, or as in the branch's country.</param>
/// <param name="Language">Of the messages, one that the branch has; null: its first.</param>
/// <param name="Consent">True: the person has agreed that what is said of them here is kept for this booking.</param>
/// <param name="Email">Where this cloud sends mail: confirmations go there too. Instead of the phone number where the branch's offer says so.</param>
/// <param name="Officer">Whom it is with, one of the service's officers; null: anybody.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MakeBooking(string? Service, DateTimeOffset? StartsAt, string? Name, string? Phone, string? Language, bool? Consent, string? Email, string? Officer);

/// <param name="Officer">Null: as before; '': anybody.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MoveBooking(DateTimeOffset? StartsAt, string? Officer);

/// <param name="Link">The secret by which it is moved and cancelled; nobody can ask for it again.</param>
/// <param name="Number">What is typed at the dispenser.</param>
/// <param name="State">booked, cancelled, arrived, missed.</param>
/// <param name="Officer">Whom somebody chose; null: nobody did.</param>
internal sealed record BookingItem(string Link, string Branch, string Number, string Service, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string State, string Page, string? Officer);

/// <param name="Where">Said after the case number, e.g. the branch and its hours.</param>
/// <param name="TimeZone">IANA name; nothing goes out in the quiet hours there.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TellReady(IReadOnlyList<ReadyItem>? Cases, string? Where, string? TimeZone);

/// <param name="Case">As the person knows it; it is told once.</param>
/// <param name="Phone">With + and its country.</param>
/// <param name="Language">en, nb, uk or ar; null: en.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReadyItem(string? Case, string? Phone, string? Language);

/// <param name="Added">Messages that go out.</param>
/// <param name="Before">Cases that were told before: nothing goes out again.</param>
internal sealed record ToldReady(int Added, int Before);

internal sealed record QuarterList(IReadOnlyList<QuarterItem> Items, string? Next);

/// <summary>What happened in a quarter of an hour. Sums can be added up over any range; the histograms too, and percentiles come from those.</summary>
/// <param name="From">Begin of the quarter, UTC.</param>
/// <param name="Counter">'' where none is concerned.</param>
/// <param name="Wait">Twelve counts by upper bound in seconds: 15, 30, 60, 120, 240, 420, 600, 900, 1500, 2700, 5400, and more.</param>
internal sealed record QuarterItem(
    string Branch, DateTimeOffset From, string Service, string Counter, long Issued, long Called, long Served, long NoShows, long Gone, long OverTarget,
    long WaitMs, long WalkMs, long ServeMs, IReadOnlyList<long> Wait, IReadOnlyList<long> Walk, IReadOnlyList<long> Serve);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BranchList))]
[JsonSerializable(typeof(BranchState))]
[JsonSerializable(typeof(TicketState))]
[JsonSerializable(typeof(TakeTicket))]
[JsonSerializable(typeof(TakenTicket))]
[JsonSerializable(typeof(SlotList))]
[JsonSerializable(typeof(MakeBooking))]
[JsonSerializable(typeof(MoveBooking))]
[JsonSerializable(typeof(BookingItem))]
[JsonSerializable(typeof(QuarterList))]
[JsonSerializable(typeof(TellReady))]
[JsonSerializable(typeof(ToldReady))]
[JsonSerializable(typeof(Hooks.AddHook))]
[JsonSerializable(typeof(Hooks.AddedHook))]
[JsonSerializable(typeof(Hooks.HookList))]
[JsonSerializable(typeof(Hooks.GivenUpList))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
