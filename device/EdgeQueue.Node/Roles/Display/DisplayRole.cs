using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>
/// A counter's display. A message is shown on the thread that brought it, before anything else is done: no queue and no
/// other thread stands between the network and the bus (the latency budget of DESIGN §12).
/// </summary>
public sealed class DisplayRole : IRole
{
    /// <summary>Far longer than the longest wait between two looks (<see cref="CounterDisplay.RefreshEvery"/>).</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);

    /// <summary>A connected hub publishes every counter that it has: then one that never comes is not configured.</summary>
    private static readonly TimeSpan CounterUnknownAfter = TimeSpan.FromSeconds(10);

    private readonly NodeHost host;
    private readonly DisplayConfiguration configuration;
    private readonly Func<DisplayConfiguration, ILedDisplay> open;
    private readonly RetainedView<CounterMessage> counter;
    private readonly Lock bus = new();
    private CounterDisplay? display;
    private ITimer? redraw;
    private long lookedAt;

    public DisplayRole(NodeHost host, Func<DisplayConfiguration, ILedDisplay> open)
    {
        this.host = host;
        this.open = open;
        configuration = host.Unit.Display ?? throw new ArgumentException("The unit is not a display.", nameof(host));
        lookedAt = host.Time.GetTimestamp();
        counter = host.View<CounterMessage>(
            host.Topics.Counter(configuration.Counter), m => new JournalPosition(m.Journal, m.Seq), _ => Look());
        host.Hub.Changed += _ => Look();
        host.AliveWhile(() => host.Time.GetElapsedTime(Volatile.Read(ref lookedAt)) < HangsAfter);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var led = open(configuration);
        await using var timer = host.Time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (bus)
        {
            (display, redraw) = (new CounterDisplay(configuration, led, host.Time), timer);
        }

        Look();
        await Task.Delay(Timeout.InfiniteTimeSpan, host.Time, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        lock (bus)
        {
            // A display whose node was stopped would go on showing a number that nobody stands behind.
            display.Show(new CounterView(null, CounterFace.DashesAfter, null, null));
            (display, redraw) = (null, null);
        }
    }

    /// <summary>Looks at what is known and shows it. From any thread.</summary>
    private void Look()
    {
        string? device, text;
        lock (bus)
        {
            if (display is null || redraw is null)
            {
                return;
            }

            var local = host.Clock.LocalNow;
            var again = display.Show(new CounterView(
                counter.Current, host.Hub.SinceHeartbeat, host.Clock.Now, local is { } wall ? (wall.Hour * 60) + wall.Minute : null));
            redraw.Change(again, Timeout.InfiniteTimeSpan);
            (device, text) = (display.DeviceFault, display.TextFault);
            Volatile.Write(ref lookedAt, host.Time.GetTimestamp());
        }

        // After the bytes have left: a status is never what the light waits for.
        host.Status.Fault("deviceMissing", device);
        host.Status.Fault("textNotShown", text);
        host.Status.Fault("counterUnknown", IsUnknown()
            ? $"The hub says nothing about counter '{configuration.Counter}': is it in the branch's configuration?"
            : null);
    }

    private bool IsUnknown() => counter.Current is null && host.Hub.Link == HubLink.Present
        && host.Time.GetElapsedTime(host.Hub.Since) > CounterUnknownAfter;
}
