using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Publishing;

/// <summary>
/// Copies of tickets that were ordered at a dispenser and not reported yet: they stand in its retained state, so that an
/// order survives a restart on both sides. Made from the journal's last events at a start.
/// </summary>
public sealed class CopyOrders
{
    /// <summary>In one dispenser's list, as the contract says; of more, the newest.</summary>
    public const int MostPerDispenser = 8;

    private const int EventsLookedAt = 20_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly List<CopyOrder> _open = [];

    /// <summary>The orders that the end of a journal holds.</summary>
    public static CopyOrders From(JournalReader reader, long last)
    {
        var orders = new CopyOrders();
        reader.Events(Math.Max(0, last - EventsLookedAt), last, (_, _, type, data) =>
        {
            if (type is "copyRequested" or "ticketPrintReported")
            {
                orders.Follow(EventJson.Read(type, data));
            }
        });
        return orders;
    }

    public void Follow(Event happened)
    {
        switch (happened)
        {
            case CopyRequested e:
                _open.RemoveAll(o => e.At - o.At >= Life);
                _open.Add(new CopyOrder(e.Visit, new UnitAddress(e.Node, e.Unit), e.At));
                break;
            case TicketPrintReported { Copy: true } e:
                int oldest = _open.FindIndex(o => o.Visit == e.Visit);
                if (oldest >= 0)
                {
                    _open.RemoveAt(oldest);
                }

                break;
        }
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<CopyOrder> At(UnitAddress dispenser, Moment now) =>
        _open.Where(o => o.Dispenser == dispenser && now - o.At < Life).TakeLast(MostPerDispenser);
}

public sealed record CopyOrder(long Visit, UnitAddress Dispenser, Moment At);
