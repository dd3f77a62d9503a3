using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Configuration;

/// <summary>
/// The one place through which another configuration gets into the branch, one after the other: by the file, looked at every two seconds or at once when
/// told (by looking and not by a watch of the kernel: that also sees a file that was replaced by a rename, or lies on a mounted share), and by the cloud.
/// The higher revision wins, whoever made it.
/// </summary>
internal sealed class ConfigurationWatch(string path, LoadedBranch current, string journal, Action<LoopInput> post, Action<byte[]>? report, ILogger log) : IConfigurationDoor
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _now = new(0);
    private readonly ConfigurationSteps _steps = new(path);
    private LoadedBranch _current = current;
    private (DateTime, long) _seen = Stamp(path);
    private (string Sha256, string? Packed) _held = Held(path);
    private ConfigurationMessage? _told;
    private ConfigurationRejection? _rejected;
    private volatile bool _asked;
    private volatile bool _connected;

    /// <summary>From a signal handler: reads the file even if it looks unchanged.</summary>
    public void LookNow()
    {
        _asked = true;
        _now.Release();
    }

    public void Connected()
    {
        _connected = true;
        _now.Release();
    }

    public void Told(ConfigurationMessage message)
    {
        Volatile.Write(ref _told, message);
        _now.Release();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await _now.WaitAsync(Period, cancellation);
                LookAtFile();
                if (Interlocked.Exchange(ref _told, null) is { } told)
                {
                    await TakeAsync(told, cancellation);
                }
                else if (_connected)
                {
                    Say();
                }

                _connected = false;
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop. What was prepared is settled by the next start.
        }
    }

    private void LookAtFile()
    {
        (DateTime, long) stamp = Stamp(path);
        if (_asked || stamp != _seen)
        {
            // An editor may still be writing: what is half-written is faulty, is reported, and read again when it changes.
            (_asked, _seen) = (false, stamp);
            Look();
        }
    }

    private void Look()
    {
        LoadedBranch? read = ConfigurationFile.Read(path, out byte[] content, out IReadOnlyList<string> faults);
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
        _held = (PackedConfiguration.HashOf(content), PackedConfiguration.Pack(content));
        post(new ConfigurationRead(read!));
        Say();
    }

    /// <summary>The cloud's word: checked as a whole, on the disk beside the old one, applied by the loop between two commands, and only then in its place.</summary>
    private async Task TakeAsync(ConfigurationMessage told, CancellationToken cancellation)
    {
        if (told.Revision <= _current.Configuration.Revision)
        {
            // It is in force, or something later is.
            Say();
            return;
        }

        if (Check(told, out byte[] content, out IReadOnlyList<ConfigurationFault> faults) is not { } next)
        {
            Reject(told, faults);
            return;
        }

        try
        {
            _steps.Prepare(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Reject(told, [OfFile($"The hub cannot write beside '{path}': {e.Message} Let it write in that folder, or change the file at the branch.")]);
            return;
        }

        var answered = new TaskCompletionSource<IReadOnlyList<string>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(new ConfigurationRead(next, answered.SetResult));
        if (await answered.Task.WaitAsync(cancellation) is { } sentences)
        {
            _steps.Abandon();
            Reject(told, [.. sentences.Select(OfFile)]);
            return;
        }

        (_current, _held, _rejected) = (next, (told.Sha256, told.Document), null);
        try
        {
            _steps.Finish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            post(new FaultChanged("configuration", new Fault("configuration", $"Revision {told.Revision} is in force, but '{path}' could not be replaced: {e.Message} The next start of the hub tries it again.")));
        }

        _seen = Stamp(path);
        Say();
    }

    private LoadedBranch? Check(ConfigurationMessage told, out byte[] content, out IReadOnlyList<ConfigurationFault> faults)
    {
        content = PackedConfiguration.Unpack(told.Document) ?? [];
        if (content.Length == 0 || PackedConfiguration.HashOf(content) != told.Sha256)
        {
            faults = [OfFile("It came damaged: it cannot be unpacked, or its hash is another one.")];
            return null;
        }

        if (ConfigurationFile.Check(content, out faults) is not { } next)
        {
            return null;
        }

        faults =
            next.Configuration.Branch != _current.Configuration.Branch ? [new("$.branch", 1, $"The name of a branch cannot change: it is '{_current.Configuration.Branch}' in the journal, in certificates and in topics.")]
            : next.Configuration.Revision != told.Revision ? [new("$.revision", 1, "It is another one than the cloud said.")]
            : [];
        return faults.Count == 0 ? next : null;
    }

    private void Reject(ConfigurationMessage told, IReadOnlyList<ConfigurationFault> faults)
    {
        HubLog.ConfigurationRejected(log, told.Revision, faults[0].ToString() + (faults.Count > 1 ? $" (and {faults.Count - 1} more)" : ""));
        _rejected = ConfigurationRejection.Of(told.Revision, told.Sha256, faults);
        Say();
    }

    private void Say()
    {
        _rejected = _rejected?.Revision > _current.Configuration.Revision ? _rejected : null;
        report?.Invoke(LinkJson.Write(new ConfigurationReport(1, journal, _current.Configuration.Revision, _held.Sha256, _held.Packed, _rejected)));
    }

    private static ConfigurationFault OfFile(string sentence) => new("$", 1, sentence);

    private static (string, string?) Held(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return (PackedConfiguration.HashOf(content), PackedConfiguration.Pack(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was there a moment ago: the next look says what is wrong.
            return ("", null);
        }
    }

    private static (DateTime, long) Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
