using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Configuration;

/// <summary>
/// The one place through which another configuration gets into the branch, one after the other: by the file, looked at every two seconds or at once when
/// told (by looking and not by a watch of the kernel: that also sees a file that was replaced by a rename, or lies on a mounted share), and by the cloud.
/// The higher revision wins, whoever made it.
/// </summary>
/// <param name="start">Which start of a hub over the journal it is (<see cref="Starts"/>); null: not known.</param>
/// <param name="unfinished">What is in force still lies beside the file (<see cref="ConfigurationSteps.Finish"/>).</param>
internal sealed class ConfigurationWatch(
    string path, LoadedBranch current, string journal, Action<LoopInput> post, Action<byte[]>? report, ILogger log, bool unfinished = false, long? start = null) : IConfigurationDoor
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _now = new(0);
    private readonly ConfigurationSteps _steps = new(path);
    private LoadedBranch _current = current;
    private (DateTime, long) _seen = Stamp(path);
    private (string Sha256, string? Packed) _held = Held(unfinished ? new ConfigurationSteps(path).Next : path);
    private bool _unfinished = unfinished;
    private ConfigurationMessage? _told;
    private ConfigurationRejection? _rejected;
    private volatile bool _asked;
    private int _connected;
    private uint _said;

    /// <summary>From a signal handler: reads the file even if it looks unchanged.</summary>
    public void LookNow()
    {
        _asked = true;
        _now.Release();
    }

    public void Connected()
    {
        Volatile.Write(ref _connected, 1);
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
                await LookRoundAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop. What was prepared is settled by the next start.
        }
    }

    private async Task LookRoundAsync(CancellationToken cancellation)
    {
        bool connected = Interlocked.Exchange(ref _connected, 0) == 1;
        ConfigurationMessage? told = Interlocked.Exchange(ref _told, null);
        try
        {
            if (_unfinished)
            {
                using FolderLock? alone = _steps.Alone();
                if (alone is not null)
                {
                    PutInPlace();
                }
            }
            else
            {
                LookAtFile();
            }

            if (told is not null)
            {
                await TakeAsync(told, cancellation);
            }
            else if (connected)
            {
                Say();
            }
        }
        catch (Exception broke) when (broke is not OperationCanceledException)
        {
            // Whatever it is, the next round is made: nobody else looks at the file and hears the cloud.
            HubLog.ConfigurationFault(log, path, broke.Message);
            post(new FaultChanged("configuration", new Fault("configuration", $"The configuration could not be looked at: {broke.Message}")));
            if (told is not null)
            {
                Reject(told, [OfFile($"The hub could not take it: {broke.Message}")]);
            }
        }
    }

    /// <summary>What is in force takes its place, at last; until then nothing else is taken, which would be written over it.</summary>
    private void PutInPlace()
    {
        if (_steps.Finish() is { } why)
        {
            post(new FaultChanged("configuration", new Fault(
                "configuration", $"Revision {_current.Configuration.Revision} is in force, but '{path}' could not be replaced: {why} It is tried again every {Period.TotalSeconds:0} s, and the next start uses it all the same.")));
            return;
        }

        (_unfinished, _seen) = (false, Stamp(path));
        post(new FaultChanged("configuration", null));
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
        using FolderLock? alone = _steps.Alone();
        if (alone is null)
        {
            // The registrar adds a device just now. The next round knows it; what the cloud told meanwhile is later than this.
            Interlocked.CompareExchange(ref _told, told, null);
            return;
        }

        if (!_unfinished)
        {
            LookAtFile();
        }

        if (told.Revision <= _current.Configuration.Revision)
        {
            // It is in force, or something later is.
            Say();
            return;
        }

        if (_unfinished)
        {
            Reject(told, [OfFile($"Revision {_current.Configuration.Revision}, which is in force, cannot be put in the place of '{path}'. Let the hub write in that folder first.")]);
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
        bool changed = Stamp(path) != _seen;
        _unfinished = true;
        PutInPlace();
        if (changed && !_unfinished)
        {
            post(new FaultChanged("configuration", new Fault(
                "configuration", $"'{path}' was changed at the branch in the moment in which revision {told.Revision} of the cloud came. The change lies in '{_steps.Before}' and is not in force: make it again.")));
        }

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
            : told.Over != _held.Sha256 && Lost(next) is { Length: > 0 } lost
                ? [new("$.nodes", 1, $"It was made without knowing what runs here, and these devices are not in it: {string.Join(", ", lost)}. Begin with the file that the branch runs; take them away afterwards if you mean it.")]
            : [];
        return faults.Count == 0 ? next : null;
    }

    // A device that was claimed here meanwhile would be thrown out by a file of before.
    private string[] Lost(LoadedBranch next) =>
        [.. _current.Configuration.Nodes.Select(n => n.Name).Except(next.Configuration.Nodes.Select(n => n.Name)).Order(StringComparer.Ordinal)];

    private void Reject(ConfigurationMessage told, IReadOnlyList<ConfigurationFault> faults)
    {
        HubLog.ConfigurationRejected(log, told.Revision, faults[0].ToString() + (faults.Count > 1 ? $" (and {faults.Count - 1} more)" : ""));
        _rejected = ConfigurationRejection.Of(told.Revision, told.Sha256, faults);
        Say();
    }

    private void Say()
    {
        _rejected = _rejected?.Revision > _current.Configuration.Revision ? _rejected : null;
        report?.Invoke(LinkJson.Write(new ConfigurationReport(1, journal, _current.Configuration.Revision, _held.Sha256, _held.Packed, _rejected,
            start is { } of ? ConfigurationReport.NumberOf(of, ++_said) : null)));
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
