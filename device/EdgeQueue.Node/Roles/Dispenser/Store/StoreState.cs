using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Roles.Dispenser.Store;

/// <summary>What the records say, taken together. Pure: the same records give the same state.</summary>
public sealed class StoreState
{
    private const int MostCopiesRemembered = 64;

    private readonly List<StoredTicket> tickets = [];
    private readonly Dictionary<string, List<StoreRecord>> history = new(StringComparer.Ordinal);
    private readonly List<string> copies = [];
    private List<HeldBlock> blocks = [];

    /// <summary>Null: a new store.</summary>
    public string? Store { get; private set; }

    public DayLearned? Day { get; private set; }

    public IReadOnlyList<HeldBlock> Blocks => blocks;

    /// <summary>Whatever is not done, in the order of the presses.</summary>
    public IReadOnlyList<StoredTicket> Tickets => tickets;

    public IReadOnlyList<string> CopiesBegun => copies;

    /// <summary>Highest position that the hub told in an answer that is still kept.</summary>
    public JournalPosition? Seen { get; private set; }

    /// <summary>Branch time of the last ticket that joined: the next is not earlier, whatever the clocks say.</summary>
    public long LastTakenMs { get; private set; }

    /// <summary>Records that are no longer needed, for deciding when to compact.</summary>
    public int Forgotten { get; private set; }

    public StoredTicket? Find(string job) => tickets.Find(t => t.Job == job);

    public void Apply(StoreRecord record)
    {
        switch (record)
        {
            case StoreOpened r:
                (Store, blocks) = (r.Store, []);
                break;
            case DayLearned r:
                Day = r;
                break;
            case HubSeen r:
                (Seen, LastTakenMs) = (r.Seen, r.LastTakenMs);
                break;
            case NumbersHeld r:
                blocks = [.. r.Blocks];
                break;
            case CopiesBegun r:
                r.Jobs.ToList().ForEach(Begin);
                break;
            case PressTaken r:
                Add(new StoredTicket(r.Job, r.Boot, r.BootMs) { Press = r, Language = r.Language }, r);
                break;
            case CheckInTaken r:
                Add(new StoredTicket(r.Job, r.Boot, r.BootMs) { Language = r.Language }, r);
                break;
            case CopyOrdered r:
                Begin(r.Job);
                Add(new StoredTicket(r.Job, r.Boot, r.BootMs) { Copy = true, Result = r.Ticket, Visit = r.Ticket.Visit }, r);
                break;
            case PressAnswered r:
                Seen = new JournalPosition(r.Journal, r.Seq);
                Change(r.Job, r, t => t with { Result = r.Ticket, Visit = r.Ticket.Visit });
                break;
            case PressDropped r:
                Change(r.Job, r, t => t with { Dropped = true });
                break;
            case NumberTaken r:
                blocks = [.. blocks.Select(b => b.Lease == r.Lease ? b with { Next = Math.Max(b.Next, r.Number + 1) } : b)];
                Change(r.Job, r, t => t with { Offline = r });
                break;
            case PrintIntended r:
                Change(r.Job, r, t => t with { Printing = true });
                break;
            case PrintNotStarted r:
                Change(r.Job, r, t => t with { Printing = false });
                break;
            case PrintEnded r:
                Change(r.Job, r, t => t with { Printing = false, Printed = r.Outcome });
                break;
            case JoinPrepared r:
                LastTakenMs = Math.Max(LastTakenMs, r.TakenMs);
                Change(r.Job, r, t => t with { Join = r });
                break;
            case JoinAnswered r:
                Change(r.Job, r, t => t with { Joined = true, Visit = r.Visit, JoinRefused = r.Refused });
                break;
            case ReportAnswered r:
                Change(r.Job, r, t => t with { Reported = true });
                break;
        }
    }

    /// <summary>The fewest records that give this state again.</summary>
    public IReadOnlyList<StoreRecord> Records() =>
    [
        .. Store is null ? Array.Empty<StoreRecord>() : [new StoreOpened(Store)],
        .. Day is null ? Array.Empty<StoreRecord>() : [Day],
        new HubSeen(Seen, LastTakenMs),
        new CopiesBegun([.. copies]),
        .. tickets.SelectMany(t => history[t.Job]),

        // Last, because a NumberTaken above must not meet a block of an earlier moment.
        new NumbersHeld(blocks),
    ];

    private void Add(StoredTicket ticket, StoreRecord record)
    {
        tickets.Add(ticket);
        history[ticket.Job] = [record];
    }

    private void Change(string job, StoreRecord record, Func<StoredTicket, StoredTicket> change)
    {
        var index = tickets.FindIndex(t => t.Job == job);
        if (index < 0)
        {
            return;
        }

        tickets[index] = change(tickets[index]);
        history[job].Add(record);
        if (tickets[index].Done)
        {
            Forgotten += history[job].Count;
            history.Remove(job);
            tickets.RemoveAt(index);
        }
    }

    private void Begin(string job)
    {
        copies.Remove(job);
        copies.Add(job);
        if (copies.Count > MostCopiesRemembered)
        {
            copies.RemoveAt(0);
        }
    }
}
