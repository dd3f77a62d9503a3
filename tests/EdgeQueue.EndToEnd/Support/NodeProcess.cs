using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.EndToEnd.Support;

/// <summary>
/// A real <c>edgequeue-node</c> with one unit, on a broker of the test: the published, trimmed file where <c>./test</c> has
/// made one, else what was built. It can be killed and started again with the same state. Its log is printed at the end.
/// </summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly Broker broker;
    private readonly NodeFile file;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly List<string> log = [];
    private Process? process;

    private NodeProcess(Broker broker, NodeFile file, string folder, IReadOnlyDictionary<string, string> environment)
    {
        (this.broker, this.file, this.environment) = (broker, file, environment);
        Folder = folder;
    }

    /// <summary>For the test's own files; the node's state is in it.</summary>
    public string Folder { get; }

    public UnitAddress Address => new(file.Node, file.Unit.Unit);

    public string Log
    {
        get
        {
            lock (log)
            {
                return string.Join('\n', log);
            }
        }
    }

    /// <param name="folder">A folder of the test, which the test deletes.</param>
    public static NodeProcess Start(
        Broker broker, string folder, string node, UnitConfiguration unit, IReadOnlyDictionary<string, string>? environment = null)
    {
        var tls = broker.Tls(node);
        var state = Directory.CreateDirectory(Path.Combine(folder, "state"));
        var file = new NodeFile
        {
            V = 1, Branch = Broker.Branch, Node = node, State = state.FullName, Unit = unit,
            Broker = new BrokerConfiguration(broker.Host, broker.Port, tls.AuthorityFile, tls.CertificateFile!, tls.KeyFile!),
        };
        var started = new NodeProcess(broker, file, folder, environment ?? new Dictionary<string, string>());
        started.StartAgain();
        return started;
    }

    public void StartAgain()
    {
        var path = Path.Combine(Folder, $"{file.Unit.Unit}.json");
        File.WriteAllBytes(path, ContractJson.Write(file));
        var start = new ProcessStartInfo(Executables.Node, [file.Unit.Role, "--config", path])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("the node did not start");
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>kill -9: what a power cut does to it.</summary>
    public void Kill()
    {
        if (process is { } running)
        {
            running.Kill();
            running.WaitForExit();
            running.Dispose();
            process = null;
        }
    }

    /// <summary>SIGTERM: what <c>systemctl stop</c> does to it. Its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var running = process ?? throw new InvalidOperationException("the node is not running");
        using (var kill = Process.Start("kill", ["-TERM", running.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await running.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var code = running.ExitCode;
        running.Dispose();
        process = null;
        return code;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        TestContext.Current.TestOutputHelper?.WriteLine($"The log of {Address} on {broker.Host}:{broker.Port}:\n{Log}");
        return ValueTask.CompletedTask;
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (log)
            {
                log.Add(line);
            }
        }
    }
}
