using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>A booking says whom its customer has the appointment with.</summary>
public sealed class BookingForOperatorTests
{
    private const double Minute = 60;

    [Fact]
    public void Its_customer_waits_for_that_operator() =>
        GivenRules(Appointments(), For("boris", slot: 0))
            .When(Comes("4711", at: Minute))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal(("boris", (Moment?)null), (c.Place.BoundOperator, c.Place.BoundUntil)));

    [Fact]
    public void And_where_the_branch_has_a_limit_no_longer_than_that() =>
        GivenRules(Limited, For("boris", slot: 0))
            .When(Comes("4711", at: Minute))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal(At(Minute + 300), c.Place.BoundUntil))
            .When(Ticks(Minute + 301)).ThenOne<PersonWaitEnded>(e => Assert.Equal((1, "boris", null), (e.Visit, e.Operator, e.Place.BoundOperator)));

    [Fact]
    public void Who_comes_early_waits_so_long_from_the_appointment_on() =>
        GivenRules(Limited, For("boris", slot: 20 * Minute))
            .When(Comes("4711", at: Minute))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal(At((20 * Minute) + 300), c.Place.BoundUntil));

    [Fact]
    public void An_operator_whom_the_branch_does_not_know_counts_as_anybody() =>
        GivenRules(Appointments(), For("somebody-who-left", slot: 0))
            .When(Comes("4711", at: Minute))
            .ThenOne<BookingCheckedIn>(c => Assert.Null(c.Place.BoundOperator));

    [Fact]
    public void A_name_that_is_too_long_is_refused_by_number() =>
        GivenRules(Appointments())
            .When(new ApplyBookings(1, null, [Booked("4711", 0) with { Operator = new string('x', 129) }], [], At(1)))
            .ThenOne<BookingsApplied>(a => Assert.Equal("4711", Assert.Single(a.Rejected).Booking));

    [Fact]
    public void Told_again_for_another_operator_it_is_that_ones() =>
        GivenRules(Appointments(), For("anna", slot: 0))
            .When(new ApplyBookings(2, null, [Booked("4711", 0) with { Operator = "boris" }], [], At(1))).ThenAccepted()
            .When(Comes("4711", at: Minute)).ThenOne<BookingCheckedIn>(c => Assert.Equal("boris", c.Place.BoundOperator));

    private static BranchRules Limited => Appointments() with { Calling = CallingSettings.None with { PersonWaitMs = 300_000 } };

    private static BookingPlaced For(string person, double slot) => new(Booked("4711", slot) with { Operator = person }, At(0));
}
