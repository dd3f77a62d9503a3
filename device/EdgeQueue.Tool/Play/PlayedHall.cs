using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tool.Play;

/// <summary>
/// The people in the hall, known by their labels. The hub's replies say which tickets were given; commands are not heard, for
/// PINs pass there. A ticket belongs to the oldest press of its service and segment.
/// </summary>
internal sealed class PlayedHall(IReadOnlyList<RecordedArrival> day, PlayClock clock)
{
    private readonly Lock gate = new();
    private readonly List<PlayedCustomer> pressed = [];
    private readonly Dictionary<long, PlayedCustomer> byVisit = [];
    private readonly Dictionary<string, PlayedCustomer> byLabel = new(StringComparer.Ordinal);

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<PlayedCustomer> Customers { get; } = [.. day.Select(r => new PlayedCustomer(r))];

    public bool AllDone => Customers.All(c => c.IsDone);

    public int Count(CustomerState state) => Customers.Count(c => c.State == state);

    /// <summary>How many tickets of these services were taken: when it grows, an idle operator looks up.</summary>
    public int Taken(IReadOnlySet<string> services)
    {
        lock (gate)
        {
            return byLabel.Values.Distinct().Count(c => services.Contains(c.Recorded.Service));
        }
    }

    public void Press(PlayedCustomer customer)
    {
        lock (gate)
        {
            (customer.State, customer.PressedAt) = (CustomerState.AtDispenser, clock.Now);
            pressed.Add(customer);
        }
    }

    /// <summary>
    /// A ticket was given: to who pressed first for its service and segment. A refusal names no service, so who got none is
    /// known when nothing has come for a while.
    /// </summary>
    public void Answered(ReplyMessage reply)
    {
        if (reply.Ticket is not { } ticket)
        {
            return;
        }

        lock (gate)
        {
            // The hub answers a press again under another id when the dispenser gave a number of its own meanwhile, and a
            // repeat under the same: it is one visit. The label that was printed wins, and comes last.
            if (!byVisit.TryGetValue(ticket.Visit, out var customer))
            {
                customer = pressed.Find(c => c.Recorded.Service == ticket.Service && c.Recorded.Segment == ticket.Segment);
                if (customer is null)
                {
                    return;
                }

                pressed.Remove(customer);
                byVisit.Add(ticket.Visit, customer);
            }

            byLabel[ticket.Label] = customer;
            if (customer.State == CustomerState.AtDispenser)
            {
                customer.State = CustomerState.Waiting;
            }
        }
    }

    /// <summary>Nothing came out of the dispenser.</summary>
    public void GaveUp(PlayedCustomer customer)
    {
        lock (gate)
        {
            if (customer.State == CustomerState.AtDispenser)
            {
                pressed.Remove(customer);
                customer.State = CustomerState.TurnedAway;
            }
        }
    }

    /// <summary>Null: nobody of this play has that label (somebody pressed a button by hand).</summary>
    public PlayedCustomer? Find(string label)
    {
        lock (gate)
        {
            return byLabel.GetValueOrDefault(label);
        }
    }

    /// <summary>A label is called: true when its customer gets up.</summary>
    public bool Calls(PlayedCustomer customer)
    {
        lock (gate)
        {
            if (customer.State == CustomerState.Waiting && customer.IsThere(clock.Now))
            {
                (customer.State, customer.Waited) = (CustomerState.BeingServed, clock.Now - customer.PressedAt);
            }

            return customer.State == CustomerState.BeingServed;
        }
    }

    public void End(PlayedCustomer customer, CustomerState how)
    {
        lock (gate)
        {
            customer.State = how;
        }
    }
}
