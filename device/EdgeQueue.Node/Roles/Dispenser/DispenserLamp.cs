using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>What the lamp says all the time.</summary>
public enum LampState
{
    /// <summary>Steady light: press.</summary>
    Ready,

    /// <summary>Light with a short wink every two seconds: tickets go on from our own numbers.</summary>
    OnOwnNumbers,

    /// <summary>Half a second on, half a second off: no tickets, someone must come.</summary>
    NoTickets,
}

/// <summary>The dispenser's lamp: a state, and short signs over it. On the role's loop. Without a lamp it does nothing.</summary>
public sealed class DispenserLamp(ILamp? lamp, RoleLoop loop, NodeStatus status)
{
    private static readonly (bool On, int Ms)[] Seen = [(false, 150)];

    private static readonly (bool On, int Ms)[] Refused =
        [(false, 100), (true, 100), (false, 100), (true, 100), (false, 100), (true, 100), (false, 100), (true, 100), (false, 400)];

    private IDisposable? timer;
    private LampState state = LampState.NoTickets;
    private (bool On, int Ms)[]? sign;
    private int step;

    public void Show(LampState now)
    {
        if (now == state && timer is not null)
        {
            return;
        }

        state = now;
        if (sign is null)
        {
            Start(0);
        }
    }

    /// <summary>The press was seen; the lamp goes dark for a moment, at once.</summary>
    public void SignSeen() => Sign(Seen);

    /// <summary>This press gave no ticket: quick blinks.</summary>
    public void SignRefused() => Sign(Refused);

    private void Sign((bool On, int Ms)[] what)
    {
        sign = what;
        Start(0);
    }

    private (bool On, int Ms)[] Pattern => sign ?? state switch
    {
        LampState.Ready => [(true, 10_000)],
        LampState.OnOwnNumbers => [(true, 1800), (false, 200)],
        _ => [(true, 500), (false, 500)],
    };

    private void Start(int at)
    {
        timer?.Dispose();
        if (at >= Pattern.Length)
        {
            (sign, at) = (null, 0);
        }

        step = at;
        var (on, ms) = Pattern[at];
        Light(on);
        IDisposable? mine = null;
        mine = loop.After(TimeSpan.FromMilliseconds(ms), () =>
        {
            // One that was replaced meanwhile may have been posted already.
            if (ReferenceEquals(mine, timer))
            {
                Start(step + 1);
            }
        });
        timer = mine;
    }

    private void Light(bool on)
    {
        try
        {
            lamp?.Light(on);
            status.Fault("lampMissing", null);
        }
        catch (DeviceException e)
        {
            status.Fault("lampMissing", $"The dispenser's lamp cannot be set: {e.Message}");
        }
    }
}
