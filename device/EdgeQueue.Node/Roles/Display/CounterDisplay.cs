using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>
/// Puts faces on the bus: only when they change, whole again every few seconds, and again and again until a broken bus
/// takes them. Synchronous on purpose: when <see cref="Show"/> returns, the bytes have left. Used by one thread.
/// </summary>
public sealed class CounterDisplay(DisplayConfiguration configuration, ILedDisplay led, TimeProvider time)
{
    /// <summary>A display that lost its power for a moment is dark and cannot tell: it is sent everything this often.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly CounterFace faces =
        new(configuration, new DisplayAbilities(led.Columns, led.CanBlink, led.CanShow));

    private DisplayFrame? shown;
    private long refreshedAt;
    private long failedAt;

    /// <summary>Why the display cannot be reached; null: it can.</summary>
    public string? DeviceFault { get; private set; }

    /// <summary>Which of the branch's texts it cannot show as it is; null: all.</summary>
    public string? TextFault { get; private set; }

    /// <summary>Shows what is known; returns after how long it has to be called again when nothing new comes.</summary>
    public TimeSpan Show(CounterView view)
    {
        var face = faces.At(view);
        TextFault = face.Unshown is null ? null
            : $"The display of counter '{configuration.Counter}' cannot show \"{face.Unshown}\" as it is: use a shorter or plainer text, or a larger display.";

        if (DeviceFault is not null)
        {
            var waited = time.GetElapsedTime(failedAt);
            if (waited < RetryAfter)
            {
                return RetryAfter - waited;
            }
        }

        var refresh = shown is null || time.GetElapsedTime(refreshedAt) >= RefreshEvery;
        if (refresh || face.Frame != shown)
        {
            Draw(face.Frame, refresh);
        }

        var again = DeviceFault is not null ? RetryAfter : RefreshEvery - time.GetElapsedTime(refreshedAt);
        return face.ChangesIn is { } change && change < again ? change : again;
    }

    /// <summary>This sign in all places, as a test; the next <see cref="Show"/> brings the truth back.</summary>
    /// <returns>Why it could not be shown; null: it is.</returns>
    public string? ShowEverywhere(char sign)
    {
        Draw(new DisplayFrame(new string(sign, led.Columns)) { Brightness = configuration.Brightness }, whole: true);
        return DeviceFault;
    }

    private void Draw(DisplayFrame frame, bool whole)
    {
        try
        {
            if (whole)
            {
                led.Invalidate();
                refreshedAt = time.GetTimestamp();
            }

            led.Show(frame);
            led.Flush();
            shown = frame;
            DeviceFault = null;
        }
        catch (DeviceException broken)
        {
            shown = null;
            failedAt = time.GetTimestamp();
            DeviceFault = $"The display of counter '{configuration.Counter}' does not answer: {broken.Message}";
        }
    }
}
