using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;
using Npgsql;

[assembly: AssemblyFixture(typeof(EdgeQueue.EndToEnd.Cloud.PostgresServer.SharedUntilTheEnd))]

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>
/// A real PostgreSQL of Debian's, in a temporary folder and on a free port. <see cref="SharedAsync"/> is one for the whole run, in which
/// each test has a database of its own; a test that kills it starts one of its own.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync(durable: false));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-postgres-");
    private readonly bool _durable;
    private Process? _process;

    private PostgresServer(bool durable) => _durable = durable;

    public int Port { get; } = FreePorts.Take(1)[0];

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("PostgreSQL is not running");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder.FullName, "log");

    /// <summary>The one that tests share which do not break it.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <param name="durable">With fsync, as in a real life; without it is faster.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = true)
    {
        var server = new PostgresServer(durable);
        string data = Path.Combine(server._folder.FullName, "data");
        if (Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root; Debian's package has made a user for it.
            await RunAsync("chown", "postgres", server._folder.FullName);
        }

        await RunAsync([.. AsOwner($"{Programs}/initdb", "-D", data, "-U", "edgequeue", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it (again) on the same port and data, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        string[] words = [.. AsOwner(
            "/bin/sh", "-c",
            string.Create(CultureInfo.InvariantCulture,
                $"exec {Programs}/postgres -D '{_folder.FullName}/data' -p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c fsync={(_durable ? "on" : "off")} -c synchronous_commit={(_durable ? "on" : "off")} >>'{LogFile}' 2>&1"))];
        _process = Process.Start(new ProcessStartInfo(words[0], words[1..]))!;
        for (var waited = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(20))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"PostgreSQL did not come up on port {Port}:\n{Log}");
            if (_process.HasExited)
            {
                // The children of one that was killed still hold its shared memory for a moment: it is started again, as systemd does.
                _process.Dispose();
                _process = Process.Start(new ProcessStartInfo(words[0], words[1..]))!;
            }
        }
    }

    /// <summary>kill -9 of the server; its own children end by themselves when they notice.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>The cloud's setting for it.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        string name = "test_" + Guid.NewGuid().ToString("N")[..12];
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        return "postgresql:" + Connection(name);
    }

    /// <summary>Stops the shared one, if a test asked for it, when all tests are over: its hundred databases take seconds to remove.</summary>
    public sealed class SharedUntilTheEnd : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (Shared.IsValueCreated)
            {
                (await Shared.Value).Remove();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine("PostgreSQL's log:\n" + Log);
        Remove();
        return ValueTask.CompletedTask;
    }

    private string Connection(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=edgequeue;Database={database};Timeout=5;Maximum Pool Size=30");

    private void Remove()
    {
        Kill();
        // Its last children may still write as they go.
        for (int tries = 0; tries < 50 && _folder.Exists; tries++)
        {
            try
            {
                _folder.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static IEnumerable<string> AsOwner(params string[] words) => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. words] : words;

    private static async Task RunAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}\n{await output}{errors}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
