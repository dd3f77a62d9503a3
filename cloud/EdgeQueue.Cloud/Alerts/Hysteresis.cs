namespace EdgeQueue.Cloud.Alerts;

internal enum AlertStep
{
    Nothing,
    Raise,
    Clear,
}

/// <summary>One rule at one branch, from look to look. Pure: time comes with the value, milliseconds.</summary>
internal sealed class Hysteresis(bool open)
{
    private long? _since;

    public bool Open { get; private set; } = open;

    /// <summary>The highest value since it is open, or since it began to be above.</summary>
    public long Worst { get; private set; }

    /// <summary>Nothing has to be remembered of it.</summary>
    public bool IsIdle => !Open && _since is null;

    /// <param name="value">Null: nobody knows: what has begun begins anew.</param>
    public AlertStep Look(AlertRule rule, long? value, long now)
    {
        if (value is not { } known)
        {
            _since = null;
            return AlertStep.Nothing;
        }

        bool turns = Open ? known < rule.ClearBelow : known > rule.RaiseAbove;
        if (Open || turns)
        {
            Worst = Math.Max(Worst, known);
        }

        if (!turns)
        {
            _since = null;
            Worst = Open ? Worst : 0;
            return AlertStep.Nothing;
        }

        _since = Math.Min(_since ?? now, now);
        if (now - _since < (Open ? rule.ClearSeconds : rule.RaiseSeconds) * 1000)
        {
            return AlertStep.Nothing;
        }

        _since = null;
        Open = !Open;
        return Open ? AlertStep.Raise : AlertStep.Clear;
    }
}
