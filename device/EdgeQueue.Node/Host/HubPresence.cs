using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>How far a node can rely on what it shows.</summary>
public enum HubLink
{
    /// <summary>No connection to the broker.</summary>
    Disconnected,

    /// <summary>The broker is there, the hub has not spoken for 6 s or its will says that it is gone.</summary>
    Stale,

    /// <summary>The hub's heart beats.</summary>
    Present,
}

/// <summary>Whether the hub is there, from its heartbeat. Safe from any thread.</summary>
public sealed class HubPresence : IDisposable
{
    /// <summary>Three heartbeats missed (DESIGN §7, presence).</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(6);

    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private bool connected;
    private bool beating;
    private long lastBeatAt;

    public HubPresence(TimeProvider time)
    {
        this.time = time;
        Since = time.GetTimestamp();
        lastBeatAt = Since;
        timer = time.CreateTimer(_ => Change(() => beating = false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Told after each change of <see cref="Link"/>; must not block.</summary>
    public event Action<HubLink>? Changed;

    public HubLink Link { get; private set; }

    /// <summary>Time stamp since when <see cref="Link"/> is what it is.</summary>
    public long Since { get; private set; }

    /// <summary>Since the hub's last heartbeat, whatever became of the connection; before the first, since the start.</summary>
    public TimeSpan SinceHeartbeat
    {
        get
        {
            lock (gate)
            {
                return time.GetElapsedTime(lastBeatAt);
            }
        }
    }

    /// <summary>The last heartbeat; null before the first.</summary>
    public BranchStatusMessage? Last { get; private set; }

    internal void Connected(bool now) => Change(() =>
    {
        connected = now;
        beating &= now;
    });

    internal void Heard(BranchStatusMessage heartbeat) => Change(() =>
    {
        Last = heartbeat;
        beating = heartbeat.Online;
        lastBeatAt = beating ? time.GetTimestamp() : lastBeatAt;
        timer.Change(StaleAfter, Timeout.InfiniteTimeSpan);
    });

    public void Dispose() => timer.Dispose();

    private void Change(Action change)
    {
        HubLink link;
        lock (gate)
        {
            change();
            link = !connected ? HubLink.Disconnected : beating ? HubLink.Present : HubLink.Stale;
            if (link == Link)
            {
                return;
            }

            (Link, Since) = (link, time.GetTimestamp());
        }

        Changed?.Invoke(link);
    }
}
