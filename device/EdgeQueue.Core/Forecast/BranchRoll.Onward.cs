using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>Visits that do not end with their first service: sent on, put aside, on a journey, or back at whom they were lent by.</summary>
public sealed partial class BranchRoll
{
    private const long Minute = 60_000;
    private const int LongestAside = 1440;
    private readonly List<Customer> _again = [];

    /// <summary>Those who waited again, each wait as a customer of its own: of <see cref="Ended"/> they are counted too.</summary>
    public IReadOnlyList<Customer> Again => _again;

    private void GoesOn(Desk desk, Customer customer, Episode episode)
    {
        if (episode.Then is not { } onward || Do(Sends(desk, onward)).Refusal is not null)
        {
            // Nowhere else to go, or not any more: the configuration is another.
            Do(new Finish(desk.Id, Seen(desk), [], null, [], At()));
        }

        Gone(desk, CustomerEnd.Served);
        if (State.Find(customer.Visit) is { Phase: VisitPhase.Waiting or VisitPhase.Parked } visit)
        {
            var again = customer.Again(visit.Service, visit.ParkedUntil?.Milliseconds ?? _now);
            _customers[visit.Number] = again;
            _again.Add(again);
        }
    }

    private Command Sends(Desk desk, Onward onward) => onward.AsideMs is { } aside
        ? new Park(desk.Id, Seen(desk), (int)Math.Clamp((aside + Minute - 1) / Minute, 1, LongestAside), At())
        : new Transfer(desk.Id, Seen(desk), onward.Service, onward.Counter, onward.Operator, onward.Return, At());

    private void Breathes(Desk desk)
    {
        if (_options.GapMs > 0 && desk.LeavesFor is null)
        {
            Until(desk, DeskPhase.Breathing, _now + _options.GapMs);
        }
        else
        {
            Free(desk);
        }
    }
}
