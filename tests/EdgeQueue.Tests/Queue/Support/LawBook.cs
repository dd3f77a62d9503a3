using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Watches a branch from outside, by its events alone, and holds its state against what must be true of it.</summary>
/// <remarks>Looked at after each of millions of commands: plain loops, and no text is made unless a law is broken.</remarks>
internal sealed class LawBook(BranchState state)
{
    private readonly Dictionary<string, long> _labelsOfDay = [];
    private readonly HashSet<long> _issued = [];
    private readonly Dictionary<string, int> _presses = [];
    private readonly HashSet<long> _forgotten = [];
    private readonly Dictionary<string, int> _waiting = [];
    private readonly Dictionary<string, int> _inBuffer = [];
    private readonly HashSet<string> _operators = [];

    // Before its slot nobody waits: whoever came early begins there, or when something happens to them before it.
    private readonly Dictionary<long, Moment> _begins = [];

    /// <summary>A decision, before any of its events is applied.</summary>
    public static void Watch(Decision decision)
    {
        Hold(decision.Accepted || decision.Events.Count == 0, "A refusal has events.");
        foreach (var called in decision.Events)
        {
            foreach (var ended in called is VisitCalled ? decision.Events : [])
            {
                Hold((ended as VisitEnded)?.Visit != ((VisitCalled)called).Visit, "One decision calls a visit and ends it.");
            }
        }
    }

    /// <summary>Before the event is applied.</summary>
    public void Watch(Event e)
    {
        switch (e)
        {
            case DayOpened day:
                DayBegins(day.Day);
                break;
            case TicketIssued t:
                Hold(_issued.Add(t.Visit) && !_forgotten.Contains(t.Visit), "A visit was issued twice.");
                Hold(_presses.TryAdd(t.Press, state.Day), "A press became two visits.");
                Hold(!t.Queued || _labelsOfDay.TryAdd(t.Label, t.Visit), "A label was given twice in one day.");
                break;
            case BookingCheckedIn b:
                // One booking, one visit; only a ticket that never came out is tried again.
                Hold(
                    state.FindBooking(b.Booking) is not { State: BookingState.CheckedIn, Visit: { } before } || state.Find(before) is { EndReason: "unprinted" },
                    "A booking became two visits.");
                _begins[b.Visit] = b.Place.Since;
                break;
            case TicketRelabelled t when state.Find(t.Visit) is { Phase: not VisitPhase.Recorded } visit:
                // Given on an earlier day and on no paper: nobody holds it and today has not seen it.
                if (visit.Day < state.Day)
                {
                    _labelsOfDay.Remove(t.From);
                }

                Hold(_labelsOfDay.TryAdd(t.To, t.Visit), "A label was given twice in one day.");
                break;
        }
    }

    /// <summary>After a command.</summary>
    public void Check(Command command)
    {
        Hold(state.Visits.Count == _issued.Count, "A visit is lost, or there is one that was never issued.");
        _waiting.Clear();
        var (atCounters, waiting, ahead, people) = (0, 0, 0, 0);
        foreach (var visit in state.Visits)
        {
            Hold(_issued.Contains(visit.Number), "A visit was never issued.");
            Hold((visit.Phase == VisitPhase.Ended) == (visit.End is not null), "A visit is over and has no end, or the other way round.");
            Hold(!visit.AtCounter || state.Counter(visit.Counter!).Visit == visit.Number, "A visit is at a counter that does not have it.");
            atCounters += visit.AtCounter ? 1 : 0;
            if (visit.Phase == VisitPhase.Waiting)
            {
                waiting++;
                ahead += BufferName.Of(visit.Place) is null ? 0 : 1;
                _waiting[visit.Service] = _waiting.GetValueOrDefault(visit.Service) + 1;
            }

            people += visit.Present ? state.Facts(visit.Number)?.People ?? 1 : 0;
            Hold(
                state.HeldCalls.Count == 0 || !state.IsHeld(visit.Number) || visit.Phase == VisitPhase.Called || BufferName.Of(visit.Place) is not null,
                "A call is held of somebody who is not called.");
            AddsUp(visit, command.At);
        }

        Hold(waiting == state.Waiting, "Not as many wait as the queues hold.");
        foreach (var (service, count) in _waiting)
        {
            Hold(state.WaitingFor(service) == count, "Not as many wait for a service as its queue holds.");
        }

        Counters(atCounters);
        Buffers(ahead);
        Hold(people == state.PeoplePresent, "Not as many people are here as the limit of the hall counts.");
    }

    public static void Hold(bool law, string broken)
    {
        if (!law)
        {
            throw new LawBrokenException(broken);
        }
    }

    private void DayBegins(int day)
    {
        // The state knows a press for this day and the one before; the hub's table of commands knows it for ever.
        foreach (var press in _presses.Where(p => p.Value < day - 1).ToList())
        {
            _presses.Remove(press.Key);
        }

        _labelsOfDay.Clear();
        foreach (var visit in state.Visits)
        {
            if (visit.Present)
            {
                Hold(_labelsOfDay.TryAdd(visit.Label, visit.Number), "Two people who stay overnight have one label.");
            }
            else
            {
                _issued.Remove(visit.Number);
                _forgotten.Add(visit.Number);
            }
        }
    }

    // Nobody in two places, nobody nowhere: as many counters have somebody as visits are at one, each at its own.
    private void Counters(int atCounters)
    {
        _operators.Clear();
        foreach (var counter in state.CountersById.Values)
        {
            atCounters -= counter.Visit is null ? 0 : 1;
            Hold(counter.Phase != CounterPhase.Closed || counter.Visit is null, "A closed counter serves.");
            Hold(counter.Operator is null || _operators.Add(counter.Operator), "An operator is at two counters.");
        }

        Hold(atCounters == 0, "A counter has a visit that is elsewhere.");
    }

    // Whoever is called ahead waits, once, in one buffer that is not overfull.
    private void Buffers(int ahead)
    {
        _inBuffer.Clear();
        foreach (var (visit, buffer) in state.CalledAhead)
        {
            Hold(visit.Phase == VisitPhase.Waiting, "Somebody in a buffer does not wait.");
            ahead--;
            var count = _inBuffer[buffer] = _inBuffer.GetValueOrDefault(buffer) + 1;
            Hold(state.Rules!.Visits?.Buffers?.GetValueOrDefault(buffer) is not { } rules || count <= rules.Size, "A buffer is overfull.");
        }

        Hold(ahead == 0, "A buffer has somebody twice, or lost somebody.");
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

        Hold(
            until.Milliseconds - begins.Milliseconds == d.WaitingMs + d.WalkingMs + d.ServingMs + d.ParkedMs,
            "Waiting, walking, serving and the time aside do not add up.");
        var (serving, waited) = (0L, 0L);
        for (var i = 0; i < visit.Transactions.Count; i++)
        {
            serving += visit.Transactions[i].Durations.ServingMs;
            waited += visit.Transactions[i].Durations.WaitingMs;
        }

        Hold(serving <= d.ServingMs && waited <= d.WaitingMs, "The transactions are longer than the visit.");
    }
}

/// <summary>A law of the branch does not hold.</summary>
internal sealed class LawBrokenException(string law) : Exception(law);
