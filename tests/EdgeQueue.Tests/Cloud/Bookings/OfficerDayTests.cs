using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Slots;

namespace EdgeQueue.Tests.Cloud.Bookings;

public sealed class OfficerDayTests
{
    [Fact]
    public void A_day_is_who_comes_what_is_free_between_and_the_breaks() => Assert.Equal(
        ["Free 0-30", "Booked 30-60", "Free 60-100", "Break 100-120", "Booked 120-150", "Free 150-200"],
        Said(OfficerDay.Of([(0, 100), (120, 200)], [Booking(30, 60), Booking(120, 150)], 1, 0)));

    [Fact]
    public void Hours_of_two_services_that_overlap_are_one_stretch() =>
        Assert.Equal(["Free 0-100"], Said(OfficerDay.Of([(0, 60), (30, 80), (80, 100)], [], 1, 0)));

    [Fact]
    public void Who_sees_two_at_once_is_free_for_one_more_while_one_is_there() => Assert.Equal(
        ["Free 0-10 for 2", "Booked 10-30", "Free 10-20", "Booked 20-30", "Free 30-40 for 2"],
        Said(OfficerDay.Of([(0, 40)], [Booking(10, 30), Booking(20, 30)], 2, 0)));

    [Fact]
    public void Somebody_outside_the_hours_is_shown_all_the_same() =>
        Assert.Equal(["Booked 300-330"], Said(OfficerDay.Of([], [Booking(300, 330)], 1, 0)));

    [Fact]
    public void What_is_over_is_not_free() => Assert.Equal(
        ["Unused 0-30", "Booked 30-60", "Unused 60-75", "Free 75-100", "Break 100-120", "Free 120-200"],
        Said(OfficerDay.Of([(0, 100), (120, 200)], [Booking(30, 60)], 1, 75)));

    private static string[] Said(IReadOnlyList<Stretch> stretches) =>
        [.. stretches.Select(s => FormattableString.Invariant($"{s.Kind} {s.From}-{s.To}") + (s.Free > 1 ? FormattableString.Invariant($" for {s.Free}") : ""))];

    private static BookingRow Booking(long from, long to) => new(1, 1, "1234567", "passport", from, to, 1, BookingState.Booked, 0, "en", 0, 0, 0, null, "anna", 1, 1);
}
