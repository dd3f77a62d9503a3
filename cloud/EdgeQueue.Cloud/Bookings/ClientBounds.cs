namespace EdgeQueue.Cloud.Bookings;

/// <summary>
/// What one client may have of the places and of the paid messages: so many open holds at once, so many bookings an hour. In the memory of each
/// replica, as the bounds of requests are, so that no address of a person is stored.
/// </summary>
internal sealed class ClientBounds(BookingsSettings settings, TimeProvider time)
{
    /// <summary>Clients that are remembered; while there are more nobody new may hold anything, which is said.</summary>
    private const int Most = 100_000;

    private const long Minute = 60_000;

    private readonly Dictionary<string, Client> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenHold> _holds = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>To be named when the place is held, or released; null: the client has as many as it may.</returns>
    public OpenHold? TryHold(string client, int minutes)
    {
        lock (_lock)
        {
            if (Of(client) is not { } of || of.Holds.Count >= settings.HoldsPerClient)
            {
                return null;
            }

            var hold = new OpenHold(client, Now + (minutes * Minute));
            of.Holds.Add(hold);
            return hold;
        }
    }

    /// <param name="secretHash">Of the link that it ends by.</param>
    public void Name(OpenHold hold, string secretHash)
    {
        lock (_lock)
        {
            hold.SecretHash = secretHash;
            _holds[secretHash] = hold;
        }
    }

    /// <summary>It was booked or given back.</summary>
    public void Ended(string secretHash)
    {
        lock (_lock)
        {
            if (_holds.TryGetValue(secretHash, out OpenHold? hold))
            {
                Release(hold);
            }
        }
    }

    public void Release(OpenHold hold)
    {
        lock (_lock)
        {
            _holds.Remove(hold.SecretHash);
            _clients.GetValueOrDefault(hold.Client)?.Holds.Remove(hold);
        }
    }

    /// <returns>False: the client has booked as often as it may in an hour. True: this one is counted.</returns>
    public bool TryBook(string client)
    {
        lock (_lock)
        {
            if (Of(client) is not { } of || of.Booked.Count >= settings.BookingsPerClientAnHour)
            {
                return false;
            }

            of.Booked.Add(Now);
            return true;
        }
    }

    /// <summary>The last one came to nothing.</summary>
    public void NotBooked(string client)
    {
        lock (_lock)
        {
            if (_clients.GetValueOrDefault(client) is { Booked.Count: > 0 } of)
            {
                of.Booked.RemoveAt(of.Booked.Count - 1);
            }
        }
    }

    private Client? Of(string name)
    {
        if (!_clients.TryGetValue(name, out Client? client))
        {
            if (_clients.Count >= Most)
            {
                foreach (string idle in _clients.Where(c => IsIdle(c.Value)).Select(c => c.Key).ToList())
                {
                    _clients.Remove(idle);
                }
            }

            if (_clients.Count >= Most)
            {
                return null;
            }

            _clients[name] = client = new Client();
        }

        IsIdle(client);
        return client;
    }

    private bool IsIdle(Client client)
    {
        long now = Now;
        foreach (OpenHold over in client.Holds.Where(h => h.Until <= now))
        {
            _holds.Remove(over.SecretHash);
        }

        client.Holds.RemoveAll(h => h.Until <= now);
        client.Booked.RemoveAll(at => at <= now - (60 * Minute));
        return client.Holds.Count == 0 && client.Booked.Count == 0;
    }

    private sealed class Client
    {
        public List<OpenHold> Holds { get; } = [];

        public List<long> Booked { get; } = [];
    }
}

/// <summary>A place that a client holds.</summary>
internal sealed class OpenHold(string client, long until)
{
    public string Client => client;

    public long Until => until;

    /// <summary>'' until it is known.</summary>
    public string SecretHash { get; set; } = "";
}
