using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;

namespace EdgeQueue.Tests.Cloud.Bookings;

public sealed class SlotCalendarTests
{
    [Fact]
    public void A_day_has_slots_from_opening_to_closing_but_not_in_a_break() =>
        Assert.Equal(
            ["09:00", "09:30", "11:00", "11:30"],
            Local(Day("2026-11-23"), hours: ["09:00-12:00"], breaks: ["10:00-11:00"], minutes: 30));

    [Fact]
    public void A_slot_that_would_not_end_before_closing_is_none_and_a_buffer_stays_free_after_each() =>
        Assert.Equal(["09:00", "09:25", "09:50"], Local(Day("2026-11-23"), hours: ["09:00-10:20"], minutes: 20, buffer: 5));

    [Fact]
    public void A_weekday_without_hours_and_an_exception_without_hours_are_closed_and_the_services_own_exception_counts_first()
    {
        SlotCalendar calendar = Calendar(new() { ["mon"] = ["09:00-10:00"] }, exceptions: [new("2026-11-30", []), new("2026-12-07", [])], own: [new("2026-12-07", ["15:00-15:30"])]);

        Assert.Equal(2, calendar.Of(Day("2026-11-23")).Count);
        Assert.Empty(calendar.Of(Day("2026-11-24")));
        Assert.Empty(calendar.Of(Day("2026-11-30")));
        Assert.Equal(["15:00"], calendar.Of(Day("2026-12-07")).Select(s => BookingTime(s)));
    }

    [Fact]
    public void When_the_clocks_go_forward_the_missing_hour_has_no_slots_and_the_day_is_an_hour_shorter()
    {
        // Oslo, 29 March 2026: 02:00 is followed by 03:00.
        IReadOnlyList<Slot> slots = Calendar(new() { ["sun"] = ["01:00-04:00"] }).Of(Day("2026-03-29"));

        Assert.Equal(["01:00", "01:30", "03:00", "03:30"], slots.Select(BookingTime));
        Assert.Equal(["00:00Z", "00:30Z", "01:00Z", "01:30Z"], slots.Select(Utc));
    }

    [Fact]
    public void When_the_clocks_go_back_the_double_hour_is_offered_once()
    {
        // Oslo, 25 October 2026: 03:00 is followed by 02:00.
        IReadOnlyList<Slot> slots = Calendar(new() { ["sun"] = ["01:00-04:00"] }).Of(Day("2026-10-25"));

        Assert.Equal(["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"], slots.Select(BookingTime));
        Assert.Equal(["23:00Z", "23:30Z", "00:00Z", "00:30Z", "02:00Z", "02:30Z"], slots.Select(Utc));
    }

    [Fact]
    public void The_same_time_on_the_wall_is_another_instant_after_the_change()
    {
        SlotCalendar calendar = Calendar(OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["09:00-09:30"]));

        Assert.Equal("08:00Z", Utc(calendar.Of(Day("2026-03-28")).Single()));
        Assert.Equal("07:00Z", Utc(calendar.Of(Day("2026-03-29")).Single()));
        Assert.Equal("07:00Z", Utc(calendar.Of(Day("2026-10-24")).Single()));
        Assert.Equal("08:00Z", Utc(calendar.Of(Day("2026-10-25")).Single()));
    }

    [Theory]
    [InlineData("Europe/Oslo")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")] // half an hour
    [InlineData("America/Sao_Paulo")]
    [InlineData("Africa/Casablanca")]
    public void No_two_slots_of_a_year_overlap_and_each_is_the_time_that_it_shows(string zone)
    {
        SlotCalendar calendar = Calendar(OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["00:00-24:00"]), zone: zone, minutes: 25, buffer: 5);
        long free = 0;
        int count = 0;
        for (DateOnly day = Day("2026-01-01"); day <= Day("2026-12-31"); day = day.AddDays(1))
        {
            foreach (Slot slot in calendar.Of(day))
            {
                Assert.True(slot.StartsAt >= free, $"{day} {slot.Local} begins before the one before has ended");
                Assert.Equal(slot.Local, calendar.LocalAt(slot.StartsAt));
                free = slot.EndsAt + (5 * 60_000);
                count++;
            }
        }

        // A change of the clocks costs at most an hour's slots, twice a year each way.
        Assert.InRange(count, (365 * 48) - 8, 365 * 48);
    }

    [Fact]
    public void What_is_too_soon_or_too_far_ahead_is_not_offered()
    {
        SlotCalendar calendar = Calendar(OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["09:00-11:00"]), notice: 60, horizon: 2);
        long now = At("2026-11-23T08:15:00Z"); // 09:15 in Oslo

        Assert.Equal(["10:30"], calendar.OfferedOn(Day("2026-11-23"), now).Select(BookingTime));
        Assert.Equal(4, calendar.OfferedOn(Day("2026-11-25"), now).Count());
        Assert.Empty(calendar.OfferedOn(Day("2026-11-26"), now));
        Assert.Null(calendar.Find(At("2026-11-23T09:00:00Z"), now));
        Assert.NotNull(calendar.Find(At("2026-11-23T09:30:00Z"), now));
        Assert.Null(calendar.Find(At("2026-11-23T09:31:00Z"), now));
    }

    [Theory]
    [InlineData(10, 0, 90, 10, 10)] // switched off
    [InlineData(10, 20, 40, 5, 10)] // too little is known
    [InlineData(10, 20, 90, 10, 11)]
    [InlineData(10, 20, 50, 50, 12)] // no more than the setting says
    [InlineData(1, 50, 90, 10, 1)]
    public void More_are_taken_only_where_it_is_switched_on_and_as_many_as_stay_away(int capacity, int percent, long arrived, long missed, int places) =>
        Assert.Equal(places, Overbooking.Places(capacity, percent, arrived, missed));

    private static IEnumerable<string> Local(DateOnly day, IReadOnlyList<string> hours, IReadOnlyList<string>? breaks = null, int minutes = 30, int buffer = 0) =>
        Calendar(new() { ["mon"] = hours }, breaks, minutes: minutes, buffer: buffer).Of(day).Select(BookingTime);

    private static SlotCalendar Calendar(
        Dictionary<string, IReadOnlyList<string>> hours, IReadOnlyList<string>? breaks = null, IReadOnlyList<DayOffer>? exceptions = null, IReadOnlyList<DayOffer>? own = null,
        int minutes = 30, int buffer = 0, int notice = 0, int horizon = 30, string zone = "Europe/Oslo")
    {
        var service = new ServiceOffer
        {
            Service = "general", Name = new Dictionary<string, string> { ["en"] = "General" }, Minutes = minutes, BufferMinutes = buffer,
            NoticeMinutes = notice, HorizonDays = horizon, Exceptions = own ?? [],
        };
        var branch = new BranchOffer
        {
            Revision = 1, Branch = "demo", Name = new Dictionary<string, string> { ["en"] = "Demo" }, Languages = ["en"], TimeZone = zone,
            Hours = hours, Breaks = breaks ?? [], Exceptions = exceptions ?? [], Services = [service],
        };
        Assert.Empty(OfferChecks.FaultsOf(new OfferDocument { Branches = [branch] }));
        return new SlotCalendar(branch, service);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static string BookingTime(Slot slot) => slot.Local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Utc(Slot slot) => DateTime.UnixEpoch.AddMilliseconds(slot.StartsAt).ToString("HH:mm'Z'", CultureInfo.InvariantCulture);
}
