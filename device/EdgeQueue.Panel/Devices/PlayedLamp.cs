namespace EdgeQueue.Panel.Devices;

/// <summary>A lamp is a file that holds its brightness, as in the kernel's LED class: "0" is dark.</summary>
internal sealed class PlayedLamp(string path, Action<bool> changed)
{
    // Short enough that a flash of a tenth of a second is seen; reading a file of one byte costs nothing.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public bool Lit { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Glance);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var lit = Read();
            if (lit != Lit)
            {
                Lit = lit;
                changed(lit);
            }
        }
    }

    private bool Read()
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } text && text != "0";
        }
        catch (IOException)
        {
            // Not yet there: the node has not written it.
            return false;
        }
    }
}
