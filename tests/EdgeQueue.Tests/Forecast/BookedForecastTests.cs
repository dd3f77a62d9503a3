using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>The bookings that a branch holds, each rolled forward by itself.</summary>
public sealed class BookedForecastTests : TaughtBranch
{
    private const long Minute = 60_000;
    private static readonly AppointmentRules First = AppointmentRules.Default with { Priority = 99 };
    private int _version;

    public BookedForecastTests()
    {
        Do(new ApplyRules(Booked(First), Now));
        Open();
        Serve(40, seconds: 120);
        for (var day = 0; day < 3; day++)
        {
            Do(new CloseDay(Now));
            Serve(5, seconds: 120);
        }
    }

    [Fact]
    public void Who_is_booked_within_the_hour_makes_a_newcomer_wait()
    {
        Teach(come: 25, lateMs: -5 * Minute);
        Queue(4);
        var without = Wait();

        Hold(10, slotIn: 6 * Minute);

        // One is at the counter and three wait; by the time the last of them is called, ten who go first have checked in.
        Assert.InRange(without, 7 * Minute, 9 * Minute);
        Assert.InRange(Wait(), without + (18 * Minute), without + (22 * Minute));
    }

    [Fact]
    public void Who_never_comes_makes_nobody_wait()
    {
        Teach(come: 0, lateMs: 0, miss: 25);
        Queue(4);
        var without = Wait();

        Hold(10, slotIn: 6 * Minute);

        Assert.Equal(without, Wait(), (double)Minute);
    }

    [Fact]
    public void The_later_it_is_the_fewer_are_expected_still()
    {
        var seen = new Punctuality();
        for (var i = 0; i < 100; i++)
        {
            seen.Add(i < 80 ? (i - 40) * Minute : null);
        }

        var chance = new Chance(1);
        double Missing(long sinceSlot) => Enumerable.Range(0, 2000).Count(_ => seen.Sample(chance, sinceSlot) is null) / 2000.0;

        Assert.Equal(0.8, seen.Shows);
        Assert.Equal(0.2, Missing(-60 * Minute), 0.03);
        Assert.Equal(20 / 59.0, Missing(0), 0.04);
        Assert.Equal(1, Missing(60 * Minute));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.True(seen.Sample(chance, 10 * Minute) is not <= 10 * Minute));
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(30, 20, 23)]
    public void Who_checks_in_early_is_told_when_they_will_be_called_and_not_a_walk_ins_wait(int queue, int least, int most)
    {
        // Somebody whose slot has not come is called when nobody else waits; with thirty people there, at the slot and first.
        Teach(come: 25, lateMs: -5 * Minute);
        Queue(queue);
        Hold(1, slotIn: 20 * Minute);
        var forecast = Forecast();
        var booking = Assert.Single(forecast.Bookings);

        var told = forecast.OfBooking(booking, Now)!;

        Assert.InRange(told.P50Ms!.Value, least * Minute, most * Minute);
        Do(new CheckIn("here", CheckInBy.Number, booking, null, Now));
        forecast = Forecast();
        Assert.InRange(forecast.Of(State.Find(State.LastVisit)!, Now, booking)!.P50Ms!.Value, told.P50Ms.Value - Minute, told.P50Ms.Value + Minute);
    }

    [Fact]
    public void Nobody_is_told_anything_of_a_booking_that_cannot_be_checked_in_yet()
    {
        Teach(come: 25, lateMs: -5 * Minute);
        Hold(1, slotIn: 3 * 60 * Minute);

        Assert.Empty(Forecast().Bookings);
    }

    [Fact]
    public void The_booked_are_no_walk_ins_and_their_time_before_the_slot_is_no_walk()
    {
        var before = Today();
        Teach(come: 25, lateMs: -10 * Minute);

        Assert.Equal(before, Today());
        Assert.Equal(25, History.Bookings.Of("cash")!.Count);
        Assert.All(History.Bookings.Of("cash")!.Lateness, late => Assert.Equal(-10 * Minute, late));
    }

    [Fact]
    public void Live_visits_teach_how_long_services_take_and_neither_walks_nor_patience()
    {
        var (walks, patience, served) = (History.Walks.Count, History.Patience(null)!.Count, History.Services("cash")!.Count);
        Do(new ApplyRules(State.Rules! with { Visits = VisitRules.None with { Hall = HallRules.Open with { Mode = HallMode.Live } } }, Now));
        for (var i = 0; i < 10; i++)
        {
            Do(new StartService("1", State.Counter("1").Version, "cash", Now));
            Passes(2 * Minute);
            Do(new Finish("1", State.Counter("1").Version, [], null, [], Now));
        }

        Assert.Equal((walks, patience, served + 10), (History.Walks.Count, History.Patience(null)!.Count, History.Services("cash")!.Count));
    }

    private int Today()
    {
        // The same slots on every day: what came today is what another end of the day adds.
        var copy = History.Arrivals.TodayFactor(null, 1);
        return (int)Math.Round(copy * 1000);
    }

    private static BranchRules Booked(AppointmentRules appointments) => TestRules.With(p => p with { NoShowCalls = 1, NoShowSpacingMs = 0 }) with
    {
        Services = TestRules.Branch.Services.ToDictionary(s => s.Key, s => s.Value with { LastNumber = 899, OfflineFirst = 900, OfflineLast = 999 }),
        WorkProfiles = TestRules.Branch.WorkProfiles.ToDictionary(p => p.Key, p => p.Value with { Rule = CallingRuleKind.Strict }),
        Visits = new VisitRules(new Dictionary<string, ServiceVisitRules> { ["cash"] = new(appointments) }),
    };

    // So many bookings come to their end, one after the other, with nobody else about.
    private void Teach(int come, long lateMs, int miss = 0)
    {
        for (var i = 0; i < come; i++)
        {
            Hold(1, slotIn: -lateMs);
            Do(new CheckIn($"came-{_version}", CheckInBy.Number, Id(_version, 0), null, Now));
            Do(new CallNext("1", State.Counter("1").Version, Now));
            Do(new Arrive("1", State.Counter("1").Version, Now));
            Passes(2 * Minute);
            Do(new Finish("1", State.Counter("1").Version, [], null, [], Now));
        }

        for (var i = 0; i < miss; i++)
        {
            Hold(1, slotIn: Minute);
        }

        if (miss > 0)
        {
            Passes(3 * 60 * Minute);
            Do(new Tick(State.Clock, Now));
        }
    }

    private void Hold(int count, long slotIn)
    {
        _version++;
        Do(new ApplyBookings(
            _version, _version == 1 ? null : _version - 1,
            [.. Enumerable.Range(0, count).Select(i => new Booking(Id(_version, i), "cash", Now.Milliseconds + slotIn))], [], Now));
    }

    private static string Id(int version, int index) => $"{version}-{index}";

    private long Wait() => Forecast().OfNewcomer(Cash, Now)!.P50Ms!.Value;

    private WaitForecast Forecast()
    {
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);
        return forecast;
    }
}
