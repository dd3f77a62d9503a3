using System.Diagnostics;
using System.Globalization;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// One program of the branch, kept running as systemd would (Restart=always): when it ends it is started again after a second,
/// and its output goes to a log file. Stopped by its process id, never by name.
/// </summary>
internal sealed class StagedProcess(string name, string file, IReadOnlyList<string> arguments, string logFile, TextWriter console)
    : IAsyncDisposable
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private volatile int pid;
    private int disposed;
    private Task running = Task.CompletedTask;

    public string Name { get; } = name;

    /// <summary>Variables that are added to this process's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>0 while it is not running.</summary>
    public int Pid => pid;

    public int Restarts { get; private set; }

    /// <summary>While true it is not started again after its end: a machine that stays away.</summary>
    public bool Held { get; set; }

    public void Start() => running = Task.Run(KeepRunningAsync);

    /// <summary>SIGTERM, five seconds of grace, then SIGKILL. What was stopped alone before is not stopped again with the stage.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task KeepRunningAsync()
    {
        await using var log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        while (!stopping.IsCancellationRequested)
        {
            using var current = Begin(log);
            pid = current.Id;
            try
            {
                await current.WaitForExitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                await EndAsync(current);
                pid = 0;
                return;
            }

            pid = 0;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Name} ended with code {current.ExitCode}; starting it again. Its log: {logFile}"));
            Restarts++;
            do
            {
                await Task.Delay(RestartAfter, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (Held && !stopping.IsCancellationRequested);
        }
    }

    private Process Begin(StreamWriter log)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in Environment)
        {
            start.Environment[key] = value;
        }

        var begun = new Process { StartInfo = start };
        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                lock (log)
                {
                    log.WriteLine(text);
                }
            }
        }

        begun.OutputDataReceived += Keep;
        begun.ErrorDataReceived += Keep;
        begun.Start();
        begun.BeginOutputReadLine();
        begun.BeginErrorReadLine();
        return begun;
    }

    private static async Task EndAsync(Process current)
    {
        Signal.Terminate(current.Id);
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await current.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            current.Kill();
            await current.WaitForExitAsync(CancellationToken.None);
        }
    }
}
