using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>Bookings by the ten thousand, in parts, and what they never say.</summary>
public sealed class BookingsToldTests
{
    [Fact]
    public void Parts_of_a_message_are_held_one_by_one_and_its_version_after_the_last() =>
        GivenRules(Appointments(), Placed("4711", 600), new BookingsApplied(5, [], [], At(0)))
            .When(new ApplyBookings(6, null, [Booked("4712", 600), Booked("4713", 600, service: "nosuch")], [], At(1), BookingsPart.Some))
            .ThenOne<BookingsHeldBack>(h => Assert.Equal(["4713"], h.Rejected.Select(r => r.Booking)))
            .See(s => Assert.Equal((5L, 2), (s.BookingsVersion, s.OpenBookings.Count())))
            .When(new ApplyBookings(6, null, [Booked("4714", 600)], ["4711"], At(2), BookingsPart.Last))
            .Then(new BookingWithdrawn("4711", At(2)), new BookingPlaced(Booked("4714", 600), At(2)), new BookingsApplied(6, [], [], At(2)))
            .See(s => Assert.Equal((6L, 2), (s.BookingsVersion, s.OpenBookings.Count())));

    [Fact]
    public void Who_is_expected_comes_before_who_was_and_beyond_20_000_it_is_said() =>
        GivenRules(Appointments(), Placed("gone", 600), new BookingWithdrawn("gone", At(0)))
            .When(new ApplyBookings(1, null, [.. Enumerable.Range(0, 20_000).Select(i => Booked($"b{i}", 600))], [], At(1)))
            .ThenOne<BookingsApplied>(a => Assert.Empty(a.Rejected))
            .See(s => Assert.Equal((20_000, null), (s.BookingsHeld, s.FindBooking("gone"))))
            .When(new ApplyBookings(2, 1, [Booked("one-more", 600)], [], At(2)))
            .ThenOne<BookingsApplied>(a => Assert.Equal(["one-more"], a.Rejected.Select(r => r.Booking)))
            // Who is taken back makes room at once.
            .When(new ApplyBookings(3, 2, [Booked("one-more", 600)], ["b7"], At(3)))
            .ThenOne<BookingsApplied>(a => Assert.Empty(a.Rejected));

    [Theory]
    [InlineData("1001")]
    [InlineData("9001")]
    public void A_code_goes_from_a_booking_that_leaves_to_one_that_comes_and_stays_there(string other)
    {
        const string Token = "Zb9xQ2mT7vKc4RfL";
        GivenRules(Appointments(), Placed("4711", 600, token: Token), new BookingsApplied(1, [], [], At(0)))
            .When(new ApplyBookings(2, null, [Booked(other, 600, token: Token)], [], At(1)))
            .Then(new BookingWithdrawn("4711", At(1)), new BookingPlaced(Booked(other, 600, token: Token), At(1)), new BookingsApplied(2, [], [], At(1)))
            .See(s => Assert.Equal(StateDigest.Of(s), StateDigest.Of(BranchState.FromSnapshot(s.ToSnapshot()))))
            .When(Comes(Token, at: 10, by: CheckInBy.Token)).ThenOne<BookingCheckedIn>(c => Assert.Equal(other, c.Booking))
            // Who came keeps it.
            .When(new ApplyBookings(3, null, [Booked("5005", 600, token: Token)], [], At(20)))
            .ThenOne<BookingsApplied>(a => Assert.Equal(["5005"], a.Rejected.Select(r => r.Booking)));
    }

    [Fact]
    public void A_token_told_in_clear_is_a_hash_in_the_journal_and_opens_the_booking_all_the_same()
    {
        const string Token = "Zb9xQ2mT7vKc4RfL";
        var old = $$"""{"type":"bookingPlaced","booking":{"id":"4711","service":"cash","slotUtcMs":{{At(0).Milliseconds}},"token":"{{Token}}","people":1},"at":{{At(0).Milliseconds}}}""";
        var read = (BookingPlaced)EventJson.Read("bookingPlaced", System.Text.Encoding.UTF8.GetBytes(old));

        Assert.Equal(Placed("4711", 0, token: Token), read);
        Assert.DoesNotContain(Token, System.Text.Encoding.UTF8.GetString(EventJson.Write(read)), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, read.ToString(), StringComparison.Ordinal);
        GivenRules(Appointments(), read).When(Comes(Token, at: 10, by: CheckInBy.Token)).ThenOne<BookingCheckedIn>(c => Assert.Equal("4711", c.Booking));
        GivenRules(Appointments(), read).When(Comes(read.Booking.TokenHash!, at: 10, by: CheckInBy.Token)).ThenRefused(Refusal.UnknownBooking);
    }
}
