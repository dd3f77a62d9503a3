using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Node;
using EdgeQueue.Tool.Play;

namespace EdgeQueue.Tests.Play;

/// <summary>Who has which ticket, and who is still there when called, at ten times the day's pace.</summary>
public sealed class PlayedHallTests
{
    private readonly FakeTime time = new();
    private readonly PlayClock clock;
    private readonly PlayedHall hall;

    public PlayedHallTests()
    {
        clock = new PlayClock(speed: 10, time);
        hall = new PlayedHall([Customer("cash", patience: 60), Customer("cash", patience: null), Customer("cash", patience: null, "priority")], clock);
    }

    [Fact]
    public void The_day_runs_as_many_times_faster_as_it_is_told()
    {
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TimeSpan.FromMinutes(1), clock.Now);
        Assert.Equal(TimeSpan.FromSeconds(6), clock.RealUntil(TimeSpan.FromMinutes(2)));
        Assert.True(clock.UntilAsync(TimeSpan.FromMinutes(1), CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_waiting_moment_ends_at_its_time_and_not_before()
    {
        var waiting = clock.AfterAsync(TimeSpan.FromSeconds(100), CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_ticket_goes_to_who_pressed_first_for_that_service_and_segment()
    {
        var (first, second, important) = (hall.Customers[0], hall.Customers[1], hall.Customers[2]);
        hall.Press(first);
        hall.Press(second);
        hall.Press(important);

        hall.Answered(Reply("C003", visit: 3, "priority"));
        hall.Answered(Reply("C001", visit: 1));
        hall.Answered(Reply("C001", visit: 1));
        hall.Answered(Reply("C002", visit: 2));

        Assert.Same(first, hall.Find("C001"));
        Assert.Same(second, hall.Find("C002"));
        Assert.Same(important, hall.Find("C003"));
        Assert.Null(hall.Find("C004"));
    }

    [Fact]
    public void Whose_patience_is_over_does_not_come_when_called()
    {
        var (impatient, patient) = (Wait(0, "C001"), Wait(1, "C002"));
        time.Advance(TimeSpan.FromSeconds(6.1));

        Assert.False(hall.Calls(impatient));
        Assert.True(hall.Calls(patient));
        Assert.Equal(TimeSpan.FromSeconds(61), patient.Waited);
    }

    [Fact]
    public void Who_has_got_up_stays_however_long_the_way_is()
    {
        var customer = Wait(0, "C001");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(hall.Calls(customer));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(hall.Calls(customer));
        Assert.Equal(TimeSpan.FromSeconds(50), customer.Waited);
    }

    [Fact]
    public void A_ticket_that_the_dispenser_gave_by_itself_is_known_by_its_printed_label()
    {
        var customer = hall.Customers[0];
        hall.Press(customer);
        hall.Press(hall.Customers[1]);

        hall.Answered(Reply("C001", visit: 1));
        hall.Answered(Reply("C801", visit: 1));

        Assert.Same(customer, hall.Find("C801"));
        Assert.Equal(CustomerState.Waiting, customer.State);
        Assert.Equal(CustomerState.AtDispenser, hall.Customers[1].State);
    }

    [Fact]
    public void A_refused_press_is_a_customer_turned_away_when_nothing_has_come()
    {
        var customer = hall.Customers[0];
        hall.Press(customer);

        hall.Answered(new ReplyMessage(1, "a", "j", 1, new Refusal("closed", "The service is closed.")));
        hall.GaveUp(customer);
        hall.Answered(Reply("C001", visit: 1));

        Assert.Equal(CustomerState.TurnedAway, customer.State);
        Assert.Null(hall.Find("C001"));
    }

    private static RecordedArrival Customer(string service, double? patience, string? segment = null) => new(
        TimeSpan.Zero, service, segment, TimeSpan.FromSeconds(30), patience is { } some ? TimeSpan.FromSeconds(some) : null);

    private PlayedCustomer Wait(int index, string label)
    {
        hall.Press(hall.Customers[index]);
        hall.Answered(Reply(label, visit: index + 1));
        return hall.Customers[index];
    }

    private static ReplyMessage Reply(string label, long visit, string? segment = null) =>
        new(1, label, "j", 1, null, new TicketResult(visit, label, "cash", segment, "en", 0, null, null, ""));
}
