using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Watches a branch from outside, by its events alone, and holds its state against what must be true of it.</summary>
internal sealed class LawBook(BranchState state)
{
    private readonly Dictionary<string, long> _labelsOfDay = [];
    private readonly HashSet<long> _issued = [];
    private readonly Dictionary<string, int> _presses = [];
    private readonly Dictionary<long, long> _forgotten = [];

    // Before its slot nobody waits: whoever came early begins there, or when something happens to them before it.
    private readonly Dictionary<long, Moment> _begins = [];

    /// <summary>Before the event is applied.</summary>
    public void Watch(Event e)
    {
        switch (e)
        {
            case DayOpened day:
                // The state knows a press for this day and the one before; the hub's table of commands knows it for ever.
                foreach (var press in _presses.Where(p => p.Value < day.Day - 1).ToList())
                {
                    _presses.Remove(press.Key);
                }

                _labelsOfDay.Clear();
                foreach (var visit in state.Visits.Where(v => v.Present))
                {
                    _labelsOfDay.Add(visit.Label, visit.Number);
                }

                foreach (var visit in state.Visits.Where(v => !v.Present))
                {
                    _issued.Remove(visit.Number);
                    _forgotten.Add(visit.Number, 1);
                }

                break;
            case TicketIssued t:
                Assert.True(_issued.Add(t.Visit) && !_forgotten.ContainsKey(t.Visit), $"Visit {t.Visit} was issued twice.");
                Assert.True(_presses.TryAdd(t.Press, state.Day), $"Press {t.Press} became two visits.");
                if (t.Queued)
                {
                    Assert.True(_labelsOfDay.TryAdd(t.Label, t.Visit), $"{t.Label} was given twice in one day.");
                }

                break;
            case BookingCheckedIn b:
                // One booking, one visit; only a ticket that never came out is tried again.
                if (state.FindBooking(b.Booking) is { State: BookingState.CheckedIn, Visit: { } before })
                {
                    Assert.True(state.Find(before) is { EndReason: "unprinted" }, $"Booking {b.Booking} became two visits.");
                }

                _begins[b.Visit] = b.Place.Since;
                break;
            case TicketRelabelled t when state.Find(t.Visit) is { Phase: not VisitPhase.Recorded } visit:
                // Given on an earlier day and on no paper: nobody holds it and today has not seen it.
                if (visit.Day < state.Day)
                {
                    _labelsOfDay.Remove(t.From);
                }

                Assert.True(_labelsOfDay.TryAdd(t.To, t.Visit), $"{t.To} was given twice in one day.");
                break;
        }
    }

    /// <summary>After a command.</summary>
    public void Check(Command command)
    {
        Assert.Equal(_issued.Order(), state.Visits.Select(v => v.Number).Order());

        // Nobody in two places, nobody nowhere.
        var atCounters = state.Counters.Where(c => c.Visit is not null).ToDictionary(c => c.Visit!.Value, c => c.Id);
        foreach (var visit in state.Visits)
        {
            Assert.Equal(visit.AtCounter ? visit.Counter : null, atCounters.GetValueOrDefault(visit.Number));
            Assert.Equal(visit.Phase == VisitPhase.Ended, visit.End is not null);
            AddsUp(visit, command.At);
        }

        Assert.Equal(state.Visits.Count(v => v.Phase == VisitPhase.Waiting), state.Waiting);
        foreach (var service in state.Visits.Where(v => v.Phase == VisitPhase.Waiting).GroupBy(v => v.Service))
        {
            Assert.Equal(service.Count(), state.WaitingFor(service.Key));
        }

        // Whoever is called ahead waits, once, in one buffer that is not overfull.
        var ahead = state.CalledAhead.ToList();
        Assert.Equal(ahead.Count, ahead.Select(a => a.Visit.Number).Distinct().Count());
        Assert.All(ahead, a => Assert.Equal(VisitPhase.Waiting, a.Visit.Phase));
        Assert.All(ahead.GroupBy(a => a.Buffer), b => Assert.True(b.Count() <= state.Rules!.Visits!.Buffers![b.Key].Size));
        Assert.All(state.Visits.Where(v => state.IsHeld(v.Number)), v => Assert.True(v.Phase == VisitPhase.Called || BufferName.Of(v.Place) is not null));

        Assert.All(state.Counters, c => Assert.True(c.Phase != CounterPhase.Closed || c.Visit is null, "A closed counter serves."));
        var operators = state.Counters.Where(c => c.Operator is not null).Select(c => c.Operator).ToList();
        Assert.Equal(operators.Distinct().Count(), operators.Count);
    }

    // Waiting, walking, serving and the time aside are all the time since the ticket was taken.
    private void AddsUp(Visit visit, Moment now)
    {
        if (visit.Phase == VisitPhase.Recorded)
        {
            return;
        }

        var until = visit.Phase == VisitPhase.Ended ? visit.PhaseSince : now;
        var d = visit.Durations.Plus(visit.Phase, until.Milliseconds - visit.PhaseSince.Milliseconds);
        var begins = _begins.GetValueOrDefault(visit.Number, visit.TakenAt);
        if (visit.PhaseSince < begins)
        {
            _begins[visit.Number] = begins = visit.PhaseSince;
        }

        if (until < begins)
        {
            (until, d) = (begins, visit.Durations);
        }

        Assert.Equal(
            until.Milliseconds - begins.Milliseconds, d.WaitingMs + d.WalkingMs + d.ServingMs + d.ParkedMs);
        var transactions = visit.Transactions.Aggregate(default(Durations), (sum, t) => sum + t.Durations);
        Assert.True(transactions.ServingMs <= d.ServingMs && transactions.WaitingMs <= d.WaitingMs);
    }
}
