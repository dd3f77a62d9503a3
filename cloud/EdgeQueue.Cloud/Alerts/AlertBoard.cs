using EdgeQueue.Cloud.Accounts;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>The open alerts as this replica knows them, some two seconds old: for pages that many look at.</summary>
internal sealed class AlertBoard
{
    private volatile IReadOnlyList<AlertRow> _open = [];
    private volatile IReadOnlySet<long> _stopped = new HashSet<long>();

    public IReadOnlyList<AlertRow> Open => _open;

    /// <summary>Branches at which the last roll-out failed, while it is stopped.</summary>
    public IReadOnlySet<long> Stopped => _stopped;

    public void PutStopped(IReadOnlySet<long> stopped) => _stopped = stopped;

    public void Put(IReadOnlyList<AlertRow> open) => _open = open;

    /// <returns>How many are open, and of how many of them nobody has taken note.</returns>
    public (int Open, int Unseen) Of(VisibleBranches sees)
    {
        (int open, int unseen) = (0, 0);
        foreach (AlertRow alert in _open)
        {
            if (sees.Has(alert.Branch, alert.Region))
            {
                open++;
                unseen += alert.AcknowledgedAt == 0 ? 1 : 0;
            }
        }

        return (open, unseen);
    }
}
