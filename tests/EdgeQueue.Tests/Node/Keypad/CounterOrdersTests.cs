using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Roles.Keypad;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class CounterOrdersTests
{
    private static readonly KeypadConfiguration Keypad = new()
    {
        Counter = "c5", Input = "/dev/input/event0", PauseReason = "lunch", PauseReasons = ["coffee", "meeting"],
        TransferTargets = [new(Service: "loans"), new(Counter: "c7", Return: true), new(Operator: "bo")],
        CallQueues = ["cash", "loans"], Priorities = [new(90, "pregnant"), new(70)],
    };

    public static TheoryData<KeyFunction, string, Command> Orders() => new()
    {
        { KeyFunction.Next, "", new CallNext("c5", 9, default) },
        { KeyFunction.CallTicket, "42", new CallTicket("c5", 9, "42", default) },
        { KeyFunction.CallFrom, "2", new CallNext("c5", 9, default, "loans") },
        { KeyFunction.Arrive, "", new Arrive("c5", 9, default) },
        { KeyFunction.Resume, "42", new Resume("c5", "42", default) },
        { KeyFunction.Recall, "", new Recall("c5", 9, default) },
        { KeyFunction.NoShow, "", new NoShow("c5", 9, default) },
        { KeyFunction.Park, "", new Park("c5", 9, null, default) },
        { KeyFunction.Park, "15", new Park("c5", 9, 15, default) },
        { KeyFunction.Transfer, "1", new Transfer("c5", 9, "loans", null, null, false, default) },
        { KeyFunction.Transfer, "2", new Transfer("c5", 9, null, "c7", null, true, default) },
        { KeyFunction.Transfer, "3", new Transfer("c5", 9, null, null, "bo", false, default) },
        { KeyFunction.Requeue, "0", new Requeue("c5", 9, false, default) },
        { KeyFunction.RequeueToEnd, "00", new Requeue("c5", 9, true, default) },
        { KeyFunction.Undo, "0", new Reinstate("c5", 9, default) },
        { KeyFunction.Pause, "0", new PauseCounter("c5", 9, "lunch", default) },
        { KeyFunction.Pause, "2", new PauseCounter("c5", 9, "meeting", default) },
        { KeyFunction.Start, "", new StartService("c5", 9, null, default) },
        { KeyFunction.Start, "1", new StartService("c5", 9, "loans", default) },
        { KeyFunction.AddStep, "1", new AddStep("c5", 9, new JourneyStep("loans"), default) },
        { KeyFunction.CloseDay, "", new CloseDay(default) },
        { KeyFunction.Precall, "", new Precall("c5", null, 1, default) },
        { KeyFunction.Precall, "3", new Precall("c5", null, 3, default) },
        { KeyFunction.GiveBack, "", new GiveBack("c5", 9, default) },
        { KeyFunction.ChangeService, "1", new ChangeService(0, "loans", default, "c5", null, 9) },
        { KeyFunction.SetPriority, "1", new SetPriority(0, 90, default, "c5", null, 9, "pregnant") },
        { KeyFunction.SetPriority, "0", new SetPriority(0, 0, default, "c5", null, 9) },
        { KeyFunction.Close, "00", new CloseCounter("c5", 9, default) },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_function_becomes_a_command_with_the_version_that_the_operator_saw(KeyFunction function, string digits, Command command)
    {
        var (order, refused) = CounterOrders.For(function, digits, Counter(CounterPhase.Serving), Keypad);

        Assert.Null(refused);
        Assert.Equal(new CounterOrder(command, null), order);
    }

    [Fact]
    public void What_is_about_a_ticket_names_it_and_asks_for_no_version_of_the_counter()
    {
        Assert.Equal(
            new ChangeService(0, "loans", default, "c5", "42"), CounterOrders.For(KeyFunction.ChangeService, "1", Counter(CounterPhase.Idle), Keypad, "42").Order!.Command);
        Assert.Equal(
            new SetPriority(0, 70, default, "c5", "42"), CounterOrders.For(KeyFunction.SetPriority, "2", Counter(CounterPhase.Idle), Keypad, "42").Order!.Command);
        Assert.Equal((null, "noTicketHere"), CounterOrders.For(KeyFunction.GiveBack, "", Counter(CounterPhase.Idle), Keypad, "42"));
    }

    [Fact]
    public void Nothing_more_to_do_is_a_journey_without_steps()
    {
        var plan = Assert.IsType<PlanJourney>(CounterOrders.For(KeyFunction.DropSteps, "0", Counter(CounterPhase.Serving), Keypad).Order!.Command);

        Assert.Equal((41L, 0), (plan.Visit, plan.Steps.Count));
        Assert.Equal((null, "nobodyHere"), CounterOrders.For(KeyFunction.DropSteps, "0", Counter(CounterPhase.Serving) with { Visit = null }, Keypad));
    }

    [Fact]
    public void Finish_leaves_the_delivered_services_to_the_hub()
    {
        var finish = Assert.IsType<Finish>(CounterOrders.For(KeyFunction.Finish, "", Counter(CounterPhase.Serving), Keypad).Order?.Command);

        Assert.Equal(("c5", 9L, 0, 0), (finish.Counter, finish.Seen, finish.DeliveredServices.Count, finish.Marks.Count));
    }

    [Theory]
    [InlineData(KeyFunction.Open, false)]
    [InlineData(KeyFunction.TakeOver, true)]
    public void Signing_in_sends_the_PIN_beside_a_command_that_names_nobody(KeyFunction function, bool takeOver)
    {
        var order = CounterOrders.For(function, "4711", Counter(CounterPhase.Closed), Keypad).Order;

        Assert.Equal(new CounterOrder(new OpenCounter("c5", "", null, takeOver, default), "4711"), order);
        Assert.DoesNotContain("4711", order!.ToString());
        Assert.DoesNotContain("4711", order.Command.ToString());
    }

    [Fact]
    public void A_copy_is_ordered_by_number_at_whichever_dispenser_the_hub_takes() =>
        Assert.Equal(
            new CounterOrder(new ReprintTicket(0, "", "", default, "42"), null),
            CounterOrders.For(KeyFunction.Reprint, "42", Counter(CounterPhase.Idle), Keypad).Order);

    [Fact]
    public void The_pause_key_ends_the_pause_of_whoever_paused() =>
        Assert.Equal(
            new CounterOrder(new OpenCounter("c5", "anna", null, false, default), null),
            CounterOrders.For(KeyFunction.Pause, "0", Counter(CounterPhase.Paused), Keypad).Order);

    [Theory]
    [InlineData(KeyFunction.Transfer, "4", "noSuchNumber")]
    [InlineData(KeyFunction.Transfer, "99999999999", "noSuchNumber")]
    [InlineData(KeyFunction.Transfer, "", "noSuchNumber")]
    [InlineData(KeyFunction.Park, "1441", "noSuchNumber")]
    [InlineData(KeyFunction.Open, "", "numberMissing")]
    [InlineData(KeyFunction.CallTicket, "", "numberMissing")]
    [InlineData(KeyFunction.CallFrom, "", "numberMissing")]
    [InlineData(KeyFunction.CallFrom, "3", "noSuchNumber")]
    [InlineData(KeyFunction.Resume, "", "numberMissing")]
    [InlineData(KeyFunction.ChangeService, "2", "noSuchNumber")]
    [InlineData(KeyFunction.ChangeService, "", "numberMissing")]
    [InlineData(KeyFunction.SetPriority, "3", "noSuchNumber")]
    [InlineData(KeyFunction.Arrive, "42", "noNumberHere")]
    public void What_makes_no_sense_is_refused_without_asking_the_hub(KeyFunction function, string digits, string code) =>
        Assert.Equal((null, code), CounterOrders.For(function, digits, Counter(CounterPhase.Serving), Keypad));

    private static CounterMessage Counter(CounterPhase phase) => new(
        1, "journal", 70, "c5", "5", 9, phase, "anna", "A041", 41, "cash", 1, 1_000, null, 3);
}
