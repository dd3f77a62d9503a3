using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// Looks at the configuration file every two seconds, or at once when told. By looking and not by a watch of the kernel:
/// that also sees a file that was replaced by a rename, or lies on a mounted share.
/// </summary>
internal sealed class ConfigurationWatch(string path, LoadedBranch current, Action<LoopInput> post, ILogger log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _now = new(0);
    private LoadedBranch _current = current;
    private (DateTime, long) _seen = Stamp(path);

    /// <summary>From a signal handler: reads the file even if it looks unchanged.</summary>
    public void LookNow() => _now.Release();

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                bool asked = await _now.WaitAsync(Period, cancellation);
                (DateTime, long) stamp = Stamp(path);
                if (asked || stamp != _seen)
                {
                    // An editor may still be writing: what is half-written is faulty, is reported, and read again when it changes.
                    _seen = stamp;
                    Look();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Look()
    {
        LoadedBranch? read = ConfigurationFile.Read(path, out IReadOnlyList<string> faults);
        string? fault = read is null ? faults[0] + (faults.Count > 1 ? $" (and {faults.Count - 1} more, see the log)" : "")
            : read.Configuration.Branch != _current.Configuration.Branch ? $"it is of another branch, '{read.Configuration.Branch}'"
            : read.Configuration.Revision < _current.Configuration.Revision
                ? $"its revision {read.Configuration.Revision} is older than {_current.Configuration.Revision}, which is in force"
            : null;
        if (fault is not null)
        {
            foreach (string line in faults.DefaultIfEmpty(fault))
            {
                HubLog.ConfigurationFault(log, path, line);
            }

            post(new FaultChanged("configuration", new Fault("configuration", $"The configuration '{path}' is not used, the one before stays in force: {fault}")));
            return;
        }

        _current = read!;
        post(new ConfigurationRead(read!));
    }

    private static (DateTime, long) Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
