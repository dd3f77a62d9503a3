using System.Diagnostics;

namespace EdgeQueue.EndToEnd.Updates;

/// <summary>A program of the product that can be killed and started again with the same words; its log is printed at the end.</summary>
internal sealed class StartedProgram(string name, string executable, params string[] words) : IDisposable
{
    private readonly List<string> _log = [];
    private Process? _process;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Another one with the same words, until it ends.</summary>
    public async Task<(int Code, string Said)> TwinAsync()
    {
        using Process twin = Process.Start(new ProcessStartInfo(executable, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> said = twin.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), complained = twin.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await twin.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (twin.ExitCode, await said + await complained);
    }

    public StartedProgram Start()
    {
        _process = Process.Start(new ProcessStartInfo(executable, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return this;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    public void Dispose()
    {
        Kill();
        TestContext.Current.TestOutputHelper?.WriteLine($"The log of {name}:\n{Log}");
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }
}
