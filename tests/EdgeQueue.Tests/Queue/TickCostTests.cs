using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue;

/// <summary>Ticking costs only what is due: twice a second, whoever waits.</summary>
public sealed class TickCostTests
{
    private const int Waiting = 10_000;
    private const int Ticking = 200;

    [Fact]
    public void A_tick_for_which_nothing_is_due_makes_nothing_however_many_wait_are_parked_or_have_booked()
    {
        var state = Crowd();
        var tick = Ticks(3_000);
        Assert.Empty(Decider.Decide(state, tick).Events);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Ticking; i++)
        {
            Decider.Decide(state, tick);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_tick_answers_what_is_due_and_no_more()
    {
        var state = Crowd();
        Evolve.Apply(state, [Called(1, "1", 2_900), new VisitParked(1, "1", At(3_000), At(2_901)), new VisitParked(Moved(state), "1", At(3_001), At(2_902))]);
        Assert.Equal([1L], Decider.Decide(state, Ticks(3_000)).Events.Cast<VisitResumed>().Select(r => r.Visit));

        static long Moved(BranchState state)
        {
            Evolve.Apply(state, Called(2, "1", 2_902));
            return 2;
        }
    }

    // A buffer that is full, counters that call by themselves and are busy, tickets not printed yet, parked people, bookings of today.
    private static BranchState Crowd()
    {
        var state = new BranchState();
        Evolve.Apply(state, DayOne(TestRules.Branch with
        {
            Policy = TestRules.Policy with { UnprintedMs = 86_400_000 },
            Calling = CallingSettings.None with { PersonWaitMs = 86_400_000 },
            Visits = VisitRules.None with
            {
                AutoCall = new Dictionary<string, long> { ["1"] = 5_000, ["2"] = 5_000 },
                Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 2, true), ["side"] = new("cash", "hall", 1, true) },
            },
        }));
        Evolve.Apply(state, [Opened("1"), Opened("2", "boris")]);
        for (var visit = 1; visit <= Waiting + 2_000; visit++)
        {
            Evolve.Apply(state, Issued(visit, $"A{visit}", visit % 2 == 0 ? "cash" : "pickup", visit / 10.0));
            if (visit > Waiting)
            {
                Evolve.Apply(state, [Called(visit, "2", 1_300), new VisitParked(visit, "2", At(4_000 + visit), At(1_301))]);
            }

            if (visit % 100 == 0 && visit <= Waiting)
            {
                Evolve.Apply(state, new WishesTold(visit, state.Find(visit)!.Place with { BoundOperator = "clara", BoundUntil = At(80_000) }, At(1_302)));
            }
        }

        for (var booking = 0; booking < 1_000; booking++)
        {
            Evolve.Apply(state, new BookingPlaced(VisitSay.Booked("b" + booking, 2_000 + (booking * 20)), At(0)));
        }

        // Whatever is due at once happens first.
        Evolve.Apply(state, Called(10, "2", 1_400));
        for (var second = 1_400; Decider.Decide(state, Ticks(second)) is { Events.Count: > 0 } due; second++)
        {
            Evolve.Apply(state, due.Events);
        }

        Assert.Equal(3, state.CalledAhead.Count());
        return state;
    }
}
