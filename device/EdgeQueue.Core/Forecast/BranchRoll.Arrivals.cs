using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>Customers come, and some go before they are called.</summary>
public sealed partial class BranchRoll
{
    private void Admit(Customer customer)
    {
        // Never one that an earlier roll of the same state used: a press is one visit for ever.
        var press = $"roll-{State.LastVisit + 1}";
        var errand = customer.Errand;
        var decision = Do(customer.Booking is { } number
            ? new CheckIn(press, CheckInBy.Number, number, null, At())
            : new IssueTicket(
                press, customer.Service, customer.Segment, null, null, At(), People: errand.People > 1 ? errand.People : null,
                Steps: errand.Steps, BestOrder: errand.BestOrder ? true : null, Wants: errand.Wants, Operator: errand.Operator));
        if (decision.Events is not [TicketIssued issued, ..])
        {
            Refused(customer, decision.Refusal);
            return;
        }

        (customer.Visit, customer.Service) = (issued.Visit, issued.Service);
        _customers[issued.Visit] = customer;
        if (customer.LeavesAloud && customer.PatienceMs != Customer.Endless)
        {
            Enter(_now + customer.PatienceMs, int.MaxValue, DueKind.Leaves, null, customer);
        }

        if (_idle > 0 && BestIdle(issued.Service) is { } desk)
        {
            Call(desk);
        }
    }

    private void Refused(Customer customer, Refusal? why)
    {
        // The dispenser has said from when on they can check in.
        if (why?.Code == Refusal.BookingTooEarly("", "").Code && State.FindBooking(customer.Booking!)?.Booking is { } booking
            && booking.SlotUtcMs - State.Clock.DisplayOffset - CheckInDecisions.RulesOf(State.Rules!, booking.Service).EarlyMs is var opens && opens > _now)
        {
            Enter(opens, int.MaxValue, DueKind.Appears, null, customer);
            return;
        }

        customer.Refusal = why?.Sentence ?? "The press had a ticket already.";
        End(customer, CustomerEnd.Refused);
    }

    private void Leaves(Customer customer)
    {
        if (customer.CalledAt < 0 && customer.End == CustomerEnd.None)
        {
            Do(new CancelVisit(customer.Visit, "left", At()));
            _customers.Remove(customer.Visit);
            End(customer, CustomerEnd.Left);
        }
    }

    private Desk? BestIdle(string service)
    {
        Desk? best = null;
        foreach (var desk in DesksOf(service))
        {
            if (desk.Phase == DeskPhase.Idle
                && (best is null || desk.Skills < best.Skills || (desk.Skills == best.Skills && desk.FreeSince < best.FreeSince)))
            {
                best = desk;
            }
        }

        return best;
    }
}
