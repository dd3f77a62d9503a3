using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>
/// A counter's display. A message is shown on the thread that brought it, before anything else is done: no queue and no
/// other thread stands between the network and the bus (the latency budget of DESIGN §12).
/// </summary>
public sealed class DisplayRole : ITestableRole
{
    /// <summary>Far longer than the longest wait between two looks (<see cref="CounterDisplay.RefreshEvery"/>).</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);

    /// <summary>A connected hub publishes every counter that it has: then one that never comes is not configured.</summary>
    private static readonly TimeSpan CounterUnknownAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TestSign = TimeSpan.FromMilliseconds(600);

    private readonly NodeHost host;
    private readonly DisplayConfiguration configuration;
    private readonly Func<DisplayConfiguration, ILedDisplay> open;
    private readonly RetainedView<CounterMessage> counter;
    private readonly Lock bus = new();
    private CounterDisplay? display;
    private ITimer? redraw;
    private long lookedAt;
    private bool testing;
    private CounterMessage? beforeTest;

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

    /// <summary>8, 0, 1, 2 in all places, each for a moment: every segment is lit once. Whatever the counter has to show ends it at once.</summary>
    public async Task<Finding> TryAsync(DoctorAsk ask, CancellationToken cancellation)
    {
        const string what = "display";
        const string again = "Try again when nobody is being called.";
        var known = counter.Current;
        if (known is { Phase: CounterPhase.Called })
        {
            return new Finding(what, Health.Soon, $"it calls {known.Label} just now, and was left in peace", again);
        }

        try
        {
            foreach (var sign in "8012")
            {
                lock (bus)
                {
                    (testing, beforeTest) = (true, known);
                    if (display is null || counter.Current != known)
                    {
                        return new Finding(what, Health.Soon, "the counter had something to show, so the test gave way", again);
                    }

                    if (display.ShowEverywhere(sign) is { } fault)
                    {
                        return new Finding(what, Health.Broken, fault, "The ribbon cable, the address of the chip, the overlay in config.txt: in this order.");
                    }
                }

                await Task.Delay(TestSign, host.Time, cancellation);
            }
        }
        finally
        {
            lock (bus)
            {
                testing = false;
            }

            Look();
        }

        return Finding.Well(what, $"{configuration.Chip} at {configuration.Path} took 8, 0, 1, 2 in all places: were all segments lit?");
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

            if (testing && counter.Current == beforeTest)
            {
                redraw.Change(TestSign, Timeout.InfiniteTimeSpan);
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
