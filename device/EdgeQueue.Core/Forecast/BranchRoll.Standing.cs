using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>A roll that begins in the middle of a day: who is here, and how the counters stand.</summary>
public sealed partial class BranchRoll
{
    /// <summary>Somebody who is in the branch already, and what will become of them.</summary>
    public void Expect(long visit, Customer customer)
    {
        customer.Visit = visit;
        _customers[visit] = customer;
    }

    /// <summary>A counter as it stands when the roll begins in the middle of a day.</summary>
    /// <param name="customer">Who is there; null: it is free.</param>
    /// <param name="until">When the walk, the wait in vain or the service ends.</param>
    public void Seat(string counter, Customer? customer, long now, long until)
    {
        _now = now;
        var desk = _desks.First(d => d.Id == counter);
        var standing = State.Counter(counter);
        var visit = State.VisitAt(standing);
        desk.FreeSince = (standing.LastRelease?.At ?? standing.Since).Milliseconds;
        if (customer is null || visit is null)
        {
            SetPhase(desk, DeskPhase.Idle);
            return;
        }

        (customer.CalledAt, customer.Counter, customer.Visit) = (visit.PhaseSince.Milliseconds, counter, visit.Number);
        desk.Customer = customer;
        desk.Calls = visit.Calls;
        var absent = customer.CalledAt - customer.ArrivesAt > customer.PatienceMs;
        if (visit.Phase == VisitPhase.Serving)
        {
            Until(desk, DeskPhase.Serving, until);
        }
        else if (absent)
        {
            WaitInVain(desk, visit.LastCallAt.Milliseconds);
        }
        else
        {
            Until(desk, DeskPhase.Walking, until);
        }
    }

    /// <summary>A counter that is paused comes back then.</summary>
    public void ComesBack(string counter, long at)
    {
        var desk = _desks.First(d => d.Id == counter);
        Enter(at, desk.Index, DueKind.Comes, desk);
    }

    /// <summary>The times of a service that begins in this minute of the wall clock's day ÷ the ordinary ones; null: always 1.</summary>
    public Func<string, int, double>? PaceAt { get; init; }

    /// <summary>Who is called and was neither expected nor came: somebody who returns from another operator.</summary>
    public Func<Visit, Customer> Stranger { get; init; } = visit => new()
    {
        Id = visit.Number,
        ArrivesAt = visit.Place.Since.Milliseconds,
        Service = visit.Service,
        ServiceMs = visit.Place.MeanServiceMs,
        Visit = visit.Number,
    };
}
