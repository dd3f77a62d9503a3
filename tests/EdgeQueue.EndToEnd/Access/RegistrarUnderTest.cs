using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>The real registrar beside a real broker, and the technician's commands to it.</summary>
internal sealed class RegistrarUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-registrar-");
    private readonly List<string> _log = [];
    private readonly string _life;
    private readonly bool _ownsBroker;
    private readonly List<Process> _started = [];
    private Process? _process;

    private RegistrarUnderTest(Broker broker, string branchFile, string life, bool ownsBroker)
    {
        (Broker, BranchFile, _life, _ownsBroker) = (broker, branchFile, life, ownsBroker);
        EnrolmentPort = FreePorts.Take(1)[0];
    }

    public Broker Broker { get; }

    public string Folder => _folder.FullName;

    public string BranchFile { get; private set; }

    public int EnrolmentPort { get; }

    public string Control => Path.Combine(Folder, "control.sock");

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

    /// <param name="hub">Its broker and its branch file are used; null: a broker alone.</param>
    /// <param name="life">Of a node's certificate.</param>
    public static async Task<RegistrarUnderTest> StartAsync(HubUnderTest? hub = null, string life = "397")
    {
        var registrar = new RegistrarUnderTest(hub?.Broker ?? await Broker.StartAsync(), hub?.Configuration ?? "", life, hub is null);
        if (hub is null)
        {
            registrar.BranchFile = Path.Combine(registrar.Folder, "branch.json");
            await File.WriteAllTextAsync(registrar.BranchFile, TestBranch.Json(2));
        }

        _ = registrar.Broker.Tls("registrar");
        await registrar.StartAgainAsync();
        return registrar;
    }

    public async Task StartAgainAsync()
    {
        _process = Run(Executables.Hub,
        [
            "registrar", "run", "--certificates", Broker.Certificates, "--branch", BranchFile, "--broker", $"{Broker.Host}:{Broker.Port}",
            "--enrol", $"127.0.0.1:{EnrolmentPort}", "--control", Control, "--broker-pid", Broker.PidFile, "--life", _life,
        ]);
        // Not "connected": a test may start it before its broker.
        await Eventually.Is(() => File.Exists(Control) && Listens() || _process.HasExited, "a registrar that listens");
        Assert.False(_process.HasExited, Log);
    }

    /// <summary>kill -9, and a new one.</summary>
    public async Task RestartAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        await StartAgainAsync();
    }

    /// <summary><c>edgequeue VERB …</c> as a technician types it.</summary>
    public async Task<(int Code, string Said)> TypeAsync(string verb, params string[] words)
    {
        var start = new ProcessStartInfo(Executables.Tool, [verb, "--hub", Executables.Hub, .. words, "--control", Control])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }

    /// <summary>The registrar's own socket, for what no process needs to be started for.</summary>
    public async Task<DeskAnswer> AskAsync(DeskRequest request)
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(Control));
        await using var stream = new System.Net.Sockets.NetworkStream(socket);
        await stream.WriteAsync((byte[])[.. IdentityJson.Write(request), (byte)'\n']);
        using var reader = new StreamReader(stream);
        string line = (await reader.ReadLineAsync().WaitAsync(Patience))!;
        Assert.True(IdentityJson.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out DeskAnswer? answer, out string? fault), fault);
        return answer;
    }

    /// <summary>A device file in a folder of its own, which knows this registrar's address.</summary>
    public string Device(string name, UnitConfiguration unit, int? port = null)
    {
        string state = Path.Combine(Folder, name);
        string file = Path.Combine(Folder, name + ".json");
        File.WriteAllBytes(file, ContractJson.Write(new DeviceFile
        {
            V = 1, Model = "test device", Hub = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port ?? EnrolmentPort}"),
            State = state, Units = [unit],
        }));
        return file;
    }

    /// <summary>Starts a program of the test; it is ended with it.</summary>
    public Process Run(string executable, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EDGEQUEUE_TOOL"] = Executables.Tool;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _started.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        TestContext.Current.TestOutputHelper?.WriteLine("The registrar's log and its devices':\n" + Log);
        if (_ownsBroker)
        {
            await Broker.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private bool Listens()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        try
        {
            socket.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(Control));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
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
