using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>A branch in which every part of a visit's life holds something: what the digest's test changes one by one.</summary>
internal static class VisitSample
{
    public static readonly BranchRules Rules = TestRules.Branch with
    {
        Visits = new VisitRules(
            new Dictionary<string, ServiceVisitRules> { ["cash"] = new(new AppointmentRules(1, 2, true, 3, 4, 5, 6), 7, 8, false) },
            [new SegmentRule(["a"], ["cash"], ["en"], Attendance.Early, "premium", "loans")],
            new HallRules(HallMode.Queue, 9, 10, false, [new DayException(11, ["cash"], [new OpenSpan(12, 13)])]),
            new NoShowRequeue(2, 1),
            new Dictionary<string, long> { ["lunch"] = 1 },
            new Dictionary<string, long> { ["hall"] = 2 },
            new Dictionary<string, long> { ["1"] = 3 },
            new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, false) },
            new MoreTime(10, 1)),
    };

    /// <summary>After counter 1 and 2 were opened; visits 21 to 24.</summary>
    public static readonly Event[] Happened =
    [
        new ClockStepped(BranchClock.Unknown, Say.At(9)), new ClockStepped(Say.WallClock, Say.At(9)),
        new BookingPlaced(new Booking("4711", "cash", 1, VisitSay.Phone, "Zb9xQ2mT7vKc4RfL", "premium", "en", "p7", 2, "case-9"), Say.At(9)),
        new BookingsApplied(5, [], [], Say.At(9)),
        Say.Issued(21, "A021"), new VisitDescribed(21, ["veteran"], 2, "case-9", Say.At(9)),
        new BookingCheckedIn("4711", 21, CheckInTime.Early, CallNextTests.Cash(9), Say.At(9)),
        new JourneyPlanned(21, [new JourneyStep("loans", "anna")], true, new JourneyStep("pickup", "boris"), Say.At(9)),
        Say.Issued(22, "A022"), new VisitPrecalled(22, "front", CallNextTests.Cash(9) with { BoundCounter = "@front" },
            new CallReason("fifo", 1, 1, 1, 1, false, 1, []), Say.At(9), null, "hall"),
        Say.Opened("4", "dora"), Say.Issued(23, "A023"), Say.Called(23, "4", 9, "dora"), new CallHeld(23, "hall", Say.At(99), Say.At(9)),
        new PauseOrdered("4", "locked", Say.At(9)),
        Say.Opened("5", "emil"), Say.Issued(24, "A024"), Say.Called(24, "5", 9, "emil"), new VisitMissed(24, "5", 1, CallNextTests.Cash(9), Say.At(9)),
        new LiveVisitBegun(24, Say.At(9)),
        Say.Called(24, "5", 10, "emil"), new VisitRequeued(24, "5", false, CallNextTests.Cash(9), Say.At(11)),
        new CounterPaused("5", "lunch", Say.At(12), Say.At(99)),
    ];
}
