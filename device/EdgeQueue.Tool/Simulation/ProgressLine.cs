namespace EdgeQueue.Tool.Simulation;

/// <summary>One line that says how far long work has come; only on a screen, so that a file gets none of it.</summary>
internal sealed class ProgressLine(TextWriter errors) : IDisposable
{
    private readonly Lock _one = new();
    private readonly bool _screen = !Console.IsErrorRedirected;
    private int _longest;

    public void Say(string what)
    {
        if (!_screen)
        {
            return;
        }

        lock (_one)
        {
            _longest = Math.Max(_longest, what.Length);
            errors.Write('\r' + what.PadRight(_longest));
            errors.Flush();
        }
    }

    public void Clear()
    {
        lock (_one)
        {
            if (_screen && _longest > 0)
            {
                errors.Write('\r' + new string(' ', _longest) + '\r');
                errors.Flush();
                _longest = 0;
            }
        }
    }

    public void Dispose() => Clear();
}
