using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>What customers came with beyond their service: wishes, groups, journeys, the operator they asked for. Fed with a journal's events.</summary>
internal sealed class ErrandHistory
{
    private const int Most = 1000;

    private readonly Dictionary<(ArrivalStream Stream, bool Booked), Queue<Errand>> _errands = [];
    private readonly Dictionary<string, int> _groups = [];
    private Newcomer? _newcomer;

    /// <summary>The last thousand of such customers; empty: nobody came.</summary>
    public IReadOnlyCollection<Errand> Of(ArrivalStream stream, bool booked = false)
    {
        Remember();
        return _errands.TryGetValue((stream, booked), out var errands) ? errands : [];
    }

    public void Learn(Event happened)
    {
        // What is told of a ticket stands right behind it, of the same command.
        switch (happened)
        {
            case WishesTold e when IsOfNewcomer(e.Visit):
                Tell(n => n with { Wants = e.Place.Wants?.Split(' '), Operator = e.Place.BoundOperator });
                break;
            case VisitDescribed e when IsOfNewcomer(e.Visit):
                Tell(n => n with { People = e.People });
                break;
            case JourneyPlanned { Taken: null } e when IsOfNewcomer(e.Visit):
                Tell(n => n with { Steps = e.Steps.Count > 0 ? e.Steps : null, BestOrder = e.BestOrder });
                break;
            case BookingCheckedIn e when IsOfNewcomer(e.Visit):
                _newcomer = _newcomer! with { Booked = true };
                Tell(n => n with { Operator = e.Place.BoundOperator, People = _groups.Remove(e.Booking, out var people) ? people : n.People });
                break;
            case LiveVisitBegun e when IsOfNewcomer(e.Visit):
                _newcomer = null;
                break;
            case TicketIssued { Queued: true } e:
                Remember();
                _newcomer = new(e.Visit, new(e.Service, e.Segment), Errand.Plain, false);
                break;
            case BookingPlaced { Booking.People: > 1 } e:
                _groups[e.Booking.Id] = e.Booking.People;
                break;
            default:
                Remember();
                break;
        }
    }

    private bool IsOfNewcomer(long visit) => _newcomer?.Visit == visit;

    private void Tell(Func<Errand, Errand> more) => _newcomer = _newcomer! with { Errand = more(_newcomer.Errand) };

    private void Remember()
    {
        if (_newcomer is not { } came)
        {
            return;
        }

        _newcomer = null;
        if (!_errands.TryGetValue((came.Stream, came.Booked), out var errands))
        {
            _errands[(came.Stream, came.Booked)] = errands = new();
        }

        if (errands.Count == Most)
        {
            errands.Dequeue();
        }

        errands.Enqueue(came.Errand);
    }

    private sealed record Newcomer(long Visit, ArrivalStream Stream, Errand Errand, bool Booked);
}
