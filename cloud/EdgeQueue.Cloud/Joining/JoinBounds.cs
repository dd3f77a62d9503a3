namespace EdgeQueue.Cloud.Joining;

/// <summary>How many tickets one client has taken on the web in the last hour; in the memory of each replica, so that no address of a person is stored.</summary>
internal sealed class JoinBounds(JoinSettings settings, TimeProvider time)
{
    private const int Most = 100_000;

    private const long Hour = 3_600_000;

    private readonly Dictionary<string, List<long>> _taken = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <returns>False: it has taken as many as it may. True: this one is counted.</returns>
    public bool TryTake(string client)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (_taken.Count >= Most)
            {
                foreach (string idle in _taken.Where(c => c.Value[^1] <= now - Hour).Select(c => c.Key).ToList())
                {
                    _taken.Remove(idle);
                }
            }

            List<long> times = _taken.GetValueOrDefault(client) ?? [];
            times.RemoveAll(at => at <= now - Hour);
            if (times.Count >= settings.PerClientAnHour || (_taken.Count >= Most && times.Count == 0))
            {
                return false;
            }

            times.Add(now);
            _taken[client] = times;
            return true;
        }
    }
}
