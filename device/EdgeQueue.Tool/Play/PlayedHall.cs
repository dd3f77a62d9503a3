using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Play;

/// <summary>
/// The people in the hall, known by their labels. Presses and tickets are matched by the command's id: the dispenser's command
/// says which press it was (the oldest of that service and segment), the hub's reply says which label it got.
/// </summary>
internal sealed class PlayedHall(IReadOnlyList<RecordedArrival> day, PlayClock clock)
{
    private readonly Lock gate = new();
    private readonly List<PlayedCustomer> pressed = [];
    private readonly Dictionary<string, PlayedCustomer> asked = new(StringComparer.Ordinal);
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

    /// <summary>The dispenser asks the hub; repeats of the same command change nothing.</summary>
    public void Asked(string id, IssueTicket command)
    {
        lock (gate)
        {
            if (!asked.ContainsKey(id)
                && pressed.Find(c => c.Recorded.Service == command.Service && c.Recorded.Segment == command.Segment) is { } customer)
            {
                pressed.Remove(customer);
                asked.Add(id, customer);
            }
        }
    }

    /// <summary>The hub was slow, the dispenser gave a number of its own for the press, and reports it under another id.</summary>
    public void Joins(string id, string press)
    {
        lock (gate)
        {
            if (asked.TryGetValue(press, out var customer))
            {
                asked.TryAdd(id, customer);
            }
        }
    }

    public void Answered(ReplyMessage reply)
    {
        lock (gate)
        {
            if (!asked.TryGetValue(reply.Id, out var customer))
            {
                return;
            }

            if (reply.Ticket is { } ticket)
            {
                // The label that was printed wins, and comes last.
                byLabel[ticket.Label] = customer;
            }

            if (customer.State == CustomerState.AtDispenser)
            {
                customer.State = reply.Ticket is null ? CustomerState.TurnedAway : CustomerState.Waiting;
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
