using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>
/// From what is known to what is shown: pure, and from retained state only, so that a display that was rebooted shows what
/// it would have shown.
/// </summary>
public sealed class CounterFace(DisplayConfiguration configuration, DisplayAbilities display)
{
    /// <summary>A display without a sign of life for this long says so (DESIGN §7, presence).</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Then the number goes: whoever was called has walked, and an old number would send the next one to the wrong desk.
    /// </summary>
    public static readonly TimeSpan DashesAfter = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan HalfPulse = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HalfBlink = TimeSpan.FromMilliseconds(250);

    private readonly NightHours? night = NightHours.Parse(configuration.Night);
    private readonly TimeSpan blinkFor = TimeSpan.FromSeconds(configuration.BlinkSeconds);

    public Face At(CounterView view)
    {
        var (text, unshown) = Fitting(view.SinceHeartbeat >= DashesAfter ? null : view.Counter);
        var (blinking, blinkChange, lit) = Blinking(view);
        var (stale, staleChange) = Sign(view);
        var frame = new DisplayFrame(text)
        {
            Brightness = night is not null && view.MinuteOfDay is { } minute && night.Contains(minute)
                ? configuration.NightBrightness
                : configuration.Brightness,
            Arrow = view.Counter is { Phase: CounterPhase.Called } && view.SinceHeartbeat < DashesAfter ? Direction : Arrow.None,
            Blink = blinking && display.CanBlink ? Blink.TwoHertz : Blink.None,
            Lit = lit,
            Stale = stale,
        };
        return new Face(frame, Sooner(blinkChange, staleChange), unshown);
    }

    private Arrow Direction => configuration.Arrow switch
    {
        "left" => Arrow.Left,
        "right" => Arrow.Right,
        "up" => Arrow.Up,
        "down" => Arrow.Down,
        _ => Arrow.None,
    };

    /// <summary>A call blinks from its own time on, in branch time: who reboots in between blinks the rest and no more.</summary>
    private (bool Blinking, TimeSpan? ChangesIn, bool Lit) Blinking(CounterView view)
    {
        if (view is not { Counter: { Phase: CounterPhase.Called, CalledAt: { } calledAt }, Now: { } now }
            || view.SinceHeartbeat >= DashesAfter)
        {
            return (false, null, true);
        }

        // The heartbeat's time is a network's delay behind the call's: a call is never in the future.
        var age = TimeSpan.FromMilliseconds(Math.Max(0, now.Milliseconds - calledAt));
        if (age >= blinkFor)
        {
            return (false, null, true);
        }

        var left = blinkFor - age;
        if (display.CanBlink)
        {
            return (true, left, true);
        }

        var half = (long)(age / HalfBlink);
        return (true, Sooner(left, ((half + 1) * HalfBlink) - age), half % 2 == 0);
    }

    /// <summary>The sign of possibly old news pulses once a second, so that it cannot be taken for a part of the label.</summary>
    private static (bool Shown, TimeSpan? ChangesIn) Sign(CounterView view)
    {
        // A display that has never been told anything has nothing else to show than that.
        if (view.Counter is not null && view.SinceHeartbeat < StaleAfter)
        {
            return (false, StaleAfter - view.SinceHeartbeat);
        }

        var half = (long)(view.SinceHeartbeat / HalfPulse);
        return (half % 2 == 0, ((half + 1) * HalfPulse) - view.SinceHeartbeat);
    }

    private (string Text, string? Unshown) Fitting(CounterMessage? counter)
    {
        var wanted = counter switch
        {
            null => Dashes,
            { Phase: CounterPhase.Called or CounterPhase.Serving, Label: { } label } => label,
            { Phase: CounterPhase.Paused } => configuration.PausedText ?? configuration.ClosedText,
            { Phase: CounterPhase.Closed } => configuration.ClosedText,
            _ => configuration.IdleText,
        };
        if (wanted.Length == 0 || display.CanShow(wanted))
        {
            return (wanted, null);
        }

        // The loader refuses such labels; should one come all the same, half a number is worse than none, and the
        // whole number without its letters is better than none.
        var digits = wanted[(wanted.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return (digits.Length > 0 && display.CanShow(digits) ? digits : Dashes, wanted);
    }

    private string Dashes
    {
        get
        {
            var dashes = new string('-', Math.Min(display.Columns, 4));
            return display.CanShow(dashes) ? dashes : "";
        }
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
