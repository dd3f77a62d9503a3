using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>The presses that are about coming, waiting and leaving.</summary>
internal sealed partial class RandomBranch
{
    private static readonly string[] Phones = [new('a', 64), new('b', 64), "short"];
    private long _bookings;
    private int _slots;

    private static VisitRules? VisitRulesOf(int seed) => seed % 4 == 0 ? null : new VisitRules(
        new Dictionary<string, ServiceVisitRules>
        {
            ["cash"] = new(new AppointmentRules(1_800_000, 600_000, seed % 3 == 0, 1_200_000, 70, 240_000, seed % 2 * 600_000)),
            ["loans"] = new(AppointmentRules.Default with { GuardMs = 1_200_000 }, DailyQuota: 6, BookingsOnly: seed % 7 == 0),
            ["pickup"] = new(PerPerson: 1),
        },
        [
            new SegmentRule(["veteran"], [], [], null, "premium", null),
            new SegmentRule([], ["cash"], ["nb"], Attendance.WithoutBooking, null, "pickup"),
            new SegmentRule([], [], [], Attendance.Late, "disabled", null),
        ],
        new HallRules((seed % 9) switch { 7 => HallMode.Bookings, 8 => HallMode.Live, _ => HallMode.Queue }, seed % 3 == 0 ? 4 : null, 1 + (seed % 2), true, seed % 5 == 0 ? [new DayException(20_458, ["loans"], [])] : []),
        seed % 4 == 0 ? null : new NoShowRequeue(seed % 2 == 0 ? 2 : null, 1 + (seed % 2)),
        new Dictionary<string, long> { ["lunch"] = 1_800_000, ["locked"] = 600_000 },
        seed % 2 == 0 ? new Dictionary<string, long> { ["hall"] = 60_000 } : null,
        seed % 3 == 1 ? new Dictionary<string, long> { ["1"] = 5_000, ["3"] = 15_000 } : null,
        new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, seed % 5 == 0), ["side"] = new("loans", "upstairs", 1, false) },
        seed % 3 == 2 ? null : new MoreTime(1 + (seed % 5), 1 + (seed % 2)));

    private Command OfVisits(string counter, long seen, long visit, BranchState state) => _random.Next(17) switch
    {
        < 2 => Bookings(state),
        < 5 => CheckingIn(state),
        < 7 => new IssueTicket(
            Press(), Pick(Services), Pick(Segments), Pick<string?>([null, "nb"]), Pick<string?>([null, "p1", "p2"]), Now,
            Pick<string[]?>([null, ["veteran"], ["blind", "veteran"], [""]]), Pick<int?>([null, 2, 3, 5, 0]), Pick<string?>([null, "case-1"]),
            Pick<long?>([null, 60_000, 20_000_000]), _random.Next(2) == 0 ? null : Steps(), _random.Next(2) == 0),
        < 8 => new LockConsole(counter, _random.Next(2) == 0, Now),
        < 10 => new Precall(Pick(Counters), Pick<string?>([null, "front", "side", "nosuch"]), _random.Next(6), Now),
        < 11 => new PauseCounter(counter, seen, Pick<string>(["lunch", "meeting"]), Now, Pick<int?>([null, 5, 0])),
        < 13 => new PlanJourney(visit, Steps(), _random.Next(2) == 0, Now),
        < 14 => new AddStep(counter, seen, new JourneyStep(Pick(Services)), Now),
        < 16 => new StartService(counter, seen, Pick<string?>([null, "cash", "nosuch"]), Now),
        _ => new Tick(state.Clock with { Trusted = true, DisplayOffset = state.Clock.DisplayOffset - (_random.Next(2) * 7_200_000) }, Now),
    };

    private JourneyStep[] Steps() =>
        [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new JourneyStep(_random.Next(9) == 0 ? "nosuch" : Pick(Services), _random.Next(3) == 0 ? Pick(Operators) : null))];

    private ApplyBookings Bookings(BranchState state)
    {
        var version = state.BookingsVersion + _random.Next(12) switch { 0 => 0, 1 => -1, _ => 1 };
        long? since = _random.Next(4) switch { 0 => null, 1 => state.BookingsVersion - 1, _ => state.BookingsVersion };
        var bookings = Enumerable.Range(0, _random.Next(4)).Select(_ => Booking(state)).ToList();
        return new(version, since, bookings, [.. state.OpenBookings.Take(_random.Next(2)).Select(b => b.Id), "b1"], Now,
            _random.Next(4) switch { 0 => BookingsPart.Some, 1 => BookingsPart.Last, _ => BookingsPart.All });
    }

    private Booking Booking(BranchState state)
    {
        var id = _random.Next(4) == 0 ? "b" + _random.NextInt64(1, _bookings + 2) : "b" + ++_bookings;
        var slot = Now.Milliseconds + state.Clock.DisplayOffset + (_random.Next(2) == 0 ? _random.Next(240_000) : _random.Next(-600_000, 3_000_000));
        return new(
            id, Pick(Services), slot, _random.Next(2) == 0 ? Pick(Phones) : null, null,
            Pick(Segments), null, _random.Next(3) == 0 ? "p1" : null, 1 + _random.Next(3), _random.Next(4) == 0 ? "case-1" : null)
        {
            Token = _random.Next(3) == 0 ? "token-of-booking-" + ++_slots : null,
        };
    }

    private CheckIn CheckingIn(BranchState state) => _random.Next(5) switch
    {
        0 => new(Press(), CheckInBy.Phone, Pick(Phones), null, Now),
        1 => new(Press(), CheckInBy.Token, "token-of-booking-" + _random.Next(_slots + 1), "nb", Now),
        2 => new(Press(), CheckInBy.Number, "b" + _random.NextInt64(_bookings + 2), null, Now),
        _ => new(Press(), CheckInBy.Number, state.OpenBookings.FirstOrDefault()?.Id ?? "", null, Now),
    };
}
