using EdgeQueue.Hardware;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser.Screen;

/// <summary>
/// Brings the newest two lines to the display, on a thread of its own: a bus takes up to 20 ms, and a display that is gone must
/// not hold up a ticket. Lines that were replaced before they left are dropped on purpose: only the last counts.
/// </summary>
public sealed class ScreenWriter(ITextDisplay display, NodeStatus status)
{
    /// <summary>A display that lost its power does not tell; everything is sent again this often.</summary>
    public static readonly TimeSpan HealEvery = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim news = new(0, 1);
    private readonly Lock gate = new();
    private (string First, string Second)? wanted;

    /// <summary>From any thread; does not block.</summary>
    public void Show(string first, string second)
    {
        lock (gate)
        {
            wanted = (first, second);
        }

        Wake();
    }

    /// <summary>Until cancelled; the display then goes on showing what it showed last.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var well = await Task.Run(Write, cancellation);
                if (!await news.WaitAsync(well ? HealEvery : TryAgain, cancellation) && well)
                {
                    display.Invalidate();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private bool Write()
    {
        (string First, string Second)? lines;
        lock (gate)
        {
            lines = wanted;
        }

        if (lines is not var (first, second))
        {
            return true;
        }

        try
        {
            if (display.CanShow(first, second))
            {
                display.Show(first, second);
            }
            else
            {
                // The loader lets no such configuration through; a text that cannot be shown must not end the dispenser.
                status.Fault("screenCannotShow", $"The dispenser's two lines cannot show \"{first}\" and \"{second}\".");
                display.Show("", "");
            }

            display.Flush();
            status.Fault("screenMissing", null);
            return true;
        }
        catch (DeviceException gone)
        {
            status.Fault("screenMissing", $"The dispenser's two lines cannot be written: {gone.Message} Look at the display's cable and its address.");
            return false;
        }
    }

    private void Wake()
    {
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }
}
