using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>Cash takes four minutes on average; its guard is ten.</summary>
public sealed class CapacityGuardTests
{
    private static readonly BranchRules Guarded = Appointments(guardMinutes: 10);

    private static BranchRules WithBuffer() => Guarded with
    {
        Visits = Guarded.Visits! with { Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, false) } },
    };

    [Fact]
    public void A_walk_in_who_would_still_be_there_at_the_slot_is_not_called() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 300))
            .When(Next(at: 61)).ThenRefused(Refusal.KeptForBooking("4711", "09:05"));

    [Fact]
    public void One_who_will_be_gone_by_then_is() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 301))
            .When(Next(at: 60)).ThenCalls(1);

    [Fact]
    public void Nobody_is_kept_waiting_for_a_slot_that_has_begun() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 60))
            .When(Next(at: 60)).ThenCalls(1);

    [Fact]
    public void Another_counter_that_is_free_will_do() =>
        GivenRules(Guarded, Opened("1"), Opened("2", "boris"), Issued(1), Placed("4711", 120))
            .When(Next(at: 60)).ThenCalls(1);

    [Fact]
    public void Another_counter_whose_customer_will_be_done_will_do() =>
        GivenRules(Guarded, Opened("1"), Opened("2", "boris"), Issued(1), Issued(2), Called(2, "2"), Arrived(2, "2", 10), Placed("4711", 250))
            .When(Next(at: 60)).ThenCalls(1);

    [Fact]
    public void But_not_one_whose_customer_will_not() =>
        GivenRules(Guarded, Opened("1"), Opened("2", "boris"), Issued(1), Issued(2), Called(2, "2"), Arrived(2, "2", 10), Placed("4711", 249))
            .When(Next(at: 60)).ThenRefused("keptForBooking");

    [Fact]
    public void Two_bookings_need_two_counters() =>
        GivenRules(Guarded, Opened("1"), Opened("2", "boris"), Issued(1), Placed("4711", 120), Placed("4712", 120))
            .When(Next(at: 60)).ThenRefused(Refusal.KeptForBooking("4712", "09:02"));

    [Fact]
    public void A_paused_counter_and_one_of_other_services_do_not_count() =>
        GivenRules(Guarded, Opened("1"), Opened("2", "boris"), new CounterPaused("2", "lunch", At(1)), Opened("3", "clara", "loans"), Issued(1), Placed("4711", 120))
            .When(Next(at: 60)).ThenRefused("keptForBooking");

    [Fact]
    public void Who_has_an_appointment_is_called_in_the_walk_ins_place_also_before_the_slot() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 120))
            .When(Comes("4711", at: 30)).ThenAccepted()
            .When(Next(at: 60)).ThenCalls(2, why => Assert.Equal("booked", why.Rule));

    [Fact]
    public void Who_was_served_is_finished_all_the_same() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Issued(2), Called(2, "1"), Arrived(2, "1", 1), Placed("4711", 120))
            .When(Next(at: 60))
            .Then(new TransactionFinished(2, "1", "cash", [], null, [], At(60)), new VisitEnded(2, VisitEnd.Finished, null, At(60)));

    [Fact]
    public void Nor_when_a_person_chooses_the_queue() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 120))
            .When(s => new CallNext("1", s.Counter("1").Version, At(60), "cash")).ThenRefused(Refusal.KeptForBooking("4711", "09:02"));

    [Fact]
    public void Then_an_appointment_of_that_queue_is_called_and_of_no_other()
    {
        Scenario Story() => GivenRules(Guarded, Opened("1"), Issued(1), Issued(2, service: "pickup"), Placed("4711", 120))
            .When(Comes("4711", at: 30)).ThenAccepted();

        Story().When(s => new CallNext("1", s.Counter("1").Version, At(60), "cash")).ThenCalls(3, why => Assert.Equal(("booked", "cash"), (why.Rule, why.Queue)));
        Story().When(s => new CallNext("1", s.Counter("1").Version, At(60), "pickup")).ThenRefused("keptForBooking");
    }

    [Fact]
    public void No_appointment_is_called_by_an_operator_without_the_skill()
    {
        var rules = Guarded with
        {
            Calling = CallingSettings.None with
            {
                People = new Dictionary<string, OperatorSettings>
                {
                    ["anna"] = new(new Dictionary<string, Skill> { ["pickup"] = Skill.Primary }),
                },
            },
        };
        GivenRules(rules, Opened("1"), Issued(1, service: "pickup"), Placed("4711", 120))
            .When(Comes("4711", at: 30)).ThenAccepted()
            .When(Next(at: 60)).ThenCalls(1);
    }

    [Fact]
    public void No_walk_in_is_called_ahead_to_the_counters_that_are_kept() =>
        GivenRules(WithBuffer(), Opened("1"), Issued(1), Placed("4711", 120))
            .When(new Precall("1", null, 1, At(60))).ThenRefused(Refusal.KeptForBooking("4711", "09:02"))
            .When(new Precall("1", null, 1, At(121))).ThenAccepted();

    [Fact]
    public void Of_two_counters_one_walk_in_is_called_ahead_to_one_and_no_second_to_the_other() =>
        GivenRules(WithBuffer(), Opened("1"), Opened("2", "boris"), Issued(1), Issued(2), Placed("4711", 120))
            .When(new Precall("1", null, 2, At(60))).ThenAccepted()
            .See(s => Assert.Equal([1L], s.CalledAhead.Select(a => a.Visit.Number)))
            .When(new Precall("1", null, 1, At(61))).ThenRefused("keptForBooking")
            .When(Next(at: 62)).ThenCalls(1, why => Assert.Equal("precalled", why.Rule))
            .When(Next("2", at: 63)).ThenRefused("keptForBooking");

    [Fact]
    public void A_walk_in_who_was_called_ahead_before_is_not_called_to_a_counter_that_is_kept_now() =>
        GivenRules(WithBuffer(), Opened("1"), Issued(1), Placed("4711", 300))
            .When(new Precall("1", null, 1, At(30))).ThenAccepted()
            .When(Next(at: 59)).ThenCalls(1)
            .When(PutBack(at: 59)).ThenAccepted()
            .When(new Precall("1", null, 1, At(59))).ThenAccepted()
            .When(Next(at: 60)).ThenRefused(Refusal.KeptForBooking("4711", "09:05"));

    [Fact]
    public void Who_has_an_appointment_is_called_ahead_in_the_walk_ins_place() =>
        GivenRules(WithBuffer(), Opened("1"), Issued(1), Placed("4711", 120), Placed("4712", 50))
            .When(Comes("4712", at: 40)).ThenAccepted()
            .When(new Precall("1", null, 4, At(60))).ThenAccepted()
            .See(s => Assert.Equal([2L], s.CalledAhead.Select(a => a.Visit.Number)));

    [Fact]
    public void A_person_may_still_choose_a_ticket() =>
        GivenRules(Guarded, Opened("1"), Issued(1), Placed("4711", 120))
            .When(Choose("A001", at: 60)).ThenCalls(1);

    [Fact]
    public void Beyond_the_guard_nothing_is_kept_free() =>
        GivenRules(Appointments(guardMinutes: 1), Opened("1"), Issued(1), Placed("4711", 121))
            .When(Next(at: 60)).ThenCalls(1)
            .See(s => Assert.Equal(VisitPhase.Called, s.Find(1)!.Phase));
}
