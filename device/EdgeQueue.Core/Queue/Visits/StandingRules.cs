namespace EdgeQueue.Core.Queue;

/// <summary>What Tick asks of the rules each time, in order, made once for as long as they stay.</summary>
internal sealed class StandingRules
{
    public StandingRules(BranchRules? rules)
    {
        Rules = rules;
        Buffers = [.. (rules?.Visits?.Buffers ?? new Dictionary<string, BufferRules>()).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => (b.Key, b.Value))];
        AutomaticBuffers = [.. Buffers.Where(b => b.Rules.Automatic)];
        LongestLapseMs = Math.Max(
            rules?.Visits?.Services.Values.Select(s => s.Appointments?.LapseMs ?? 0).DefaultIfEmpty().Max() ?? 0, AppointmentRules.Default.LapseMs);
        AutoCalls = [.. (rules?.Visits?.AutoCall ?? new Dictionary<string, long>()).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value))];
    }

    public BranchRules? Rules { get; }

    /// <summary>So long after its slot a booking may still be waited for, whatever its service, milliseconds.</summary>
    public long LongestLapseMs { get; }

    public (string Name, BufferRules Rules)[] Buffers { get; }

    public (string Name, BufferRules Rules)[] AutomaticBuffers { get; }

    /// <summary>Counters that call by themselves, and so long after a release, milliseconds.</summary>
    public (string Counter, long PauseMs)[] AutoCalls { get; }
}
