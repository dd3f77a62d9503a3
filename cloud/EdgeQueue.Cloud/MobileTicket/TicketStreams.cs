namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>How many phones are followed at once by this replica, all together and of one client (an address, of IPv6 a /64: many phones may share one).</summary>
internal sealed class TicketStreams
{
    public const int Most = 5_000;

    public const int MostOfOne = 20;

    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _all;

    /// <returns>False: the page loads itself again without a stream.</returns>
    public bool TryOpen(string client)
    {
        lock (_lock)
        {
            int open = _open.GetValueOrDefault(client);
            if (_all >= Most || open >= MostOfOne)
            {
                return false;
            }

            _open[client] = open + 1;
            _all++;
            return true;
        }
    }

    public void Close(string client)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[client] == 0)
            {
                _open.Remove(client);
            }
        }
    }
}
