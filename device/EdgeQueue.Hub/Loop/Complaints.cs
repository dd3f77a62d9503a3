using Microsoft.Extensions.Logging;

namespace EdgeQueue.Hub.Loop;

/// <summary>Logs bad input once a minute for each source and kind; the metrics count all of it.</summary>
public sealed class Complaints(ILogger log, TimeProvider time)
{
    private const int MostSources = 500;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string, string), long> _said = [];

    public void Say(string kind, string source, string sentence)
    {
        if (_said.TryGetValue((kind, source), out long since) && time.GetElapsedTime(since) < Silence)
        {
            return;
        }

        if (_said.Count >= MostSources)
        {
            _said.Clear();
        }

        _said[(kind, source)] = time.GetTimestamp();
        HubLog.Rejected(log, kind, source, sentence);
    }
}
