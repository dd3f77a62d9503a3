using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Sms;

/// <summary>
/// The real Kannel of Debian's: bearerbox and smsbox on free ports in a temporary folder. Its "fake" SMSC is where the test plays the phone network, as
/// Kannel's own fakesmsc does: a line for each message, "from to text message".
/// </summary>
internal sealed class KannelUnderTest : IAsyncDisposable
{
    public const string InboundKey = "an-address-that-nobody-guesses";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-kannel-");
    private readonly List<Process> _boxes = [];
    private readonly ConcurrentQueue<string> _received = new();
    private readonly int _network = FreePorts.Take(1)[0];
    private TcpClient? _phones;

    private KannelUnderTest()
    {
    }

    public int SendPort { get; } = FreePorts.Take(1)[0];

    /// <summary>What phones have got: "from to kind message", as the network hears it.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    /// <summary>The cloud's settings for it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["sms:provider"] = "kannel", ["sms:url"] = $"http://127.0.0.1:{SendPort}", ["sms:user"] = "edgequeue", ["sms:password"] = "secret", ["sms:from"] = "2000",
        ["sms:inboundKey"] = InboundKey, ["sms:costPerPart"] = "45", ["sms:currency"] = "EUR",
    };

    /// <param name="cloud">Its port: there Kannel brings what comes in.</param>
    public static async Task<KannelUnderTest> StartAsync(int cloud)
    {
        var kannel = new KannelUnderTest();
        try
        {
            await kannel.RunAsync(cloud);
            return kannel;
        }
        catch
        {
            await kannel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody writes to us.</summary>
    public async Task WriteAsync(string from, string text) =>
        await _phones!.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{from} 2000 text {text}\n"));

    public ValueTask DisposeAsync()
    {
        _phones?.Dispose();
        foreach (Process box in _boxes)
        {
            // bearerbox may hang on SIGTERM.
            box.Kill();
            box.WaitForExit();
            box.Dispose();
        }

        foreach (string log in Directory.GetFiles(_folder.FullName, "*.log"))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(log)}:\n{string.Join('\n', File.ReadLines(log).TakeLast(30))}");
        }

        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(int cloud)
    {
        int admin = FreePorts.Take(1)[0];
        int boxes = FreePorts.Take(1)[0];
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "spool"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "kannel.conf"), $"""
            group = core
            admin-port = {admin}
            admin-interface = "127.0.0.1"
            admin-password = admin
            smsbox-port = {boxes}
            smsbox-interface = "127.0.0.1"
            box-allow-ip = "127.0.0.1"
            log-file = "{_folder.FullName}/bearerbox.log"
            log-level = 1
            store-type = spool
            store-location = "{_folder.FullName}/spool"
            dlr-storage = internal

            group = smsc
            smsc = fake
            smsc-id = FAKE
            port = {_network}
            connect-allow-ip = "127.0.0.1"

            group = smsbox-route
            smsbox-id = edgequeue
            smsc-id = FAKE

            group = smsbox
            bearerbox-host = 127.0.0.1
            bearerbox-port = {boxes}
            smsbox-id = edgequeue
            sendsms-port = {SendPort}
            sendsms-interface = "127.0.0.1"
            http-request-retry = 20
            http-queue-delay = 2
            log-file = "{_folder.FullName}/smsbox.log"
            log-level = 1
            mo-recode = true

            group = sendsms-user
            username = edgequeue
            password = secret
            concatenation = true
            max-messages = 255

            group = sms-service
            keyword = default
            get-url = "http://127.0.0.1:{cloud}/sms/in/{InboundKey}?id=%I&from=%p&text=%a"
            max-messages = 0
            catch-all = true

            """);
        _boxes.Add(Start("bearerbox"));
        await ConnectAsync(boxes);
        _boxes.Add(Start("smsbox"));
        await ConnectAsync(SendPort);
        _phones = await ConnectAsync(_network, keep: true);
        _ = ListenAsync(_phones!.GetStream());
    }

    private Process Start(string box) => Process.Start(new ProcessStartInfo("/usr/sbin/" + box, ["-v", "4", "kannel.conf"])
    {
        WorkingDirectory = _folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true,
    })!;

    private static async Task<TcpClient?> ConnectAsync(int port, bool keep = false)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port);
                if (keep)
                {
                    return client;
                }

                client.Dispose();
                return null;
            }
            catch (SocketException)
            {
                client.Dispose();
                Assert.True(waited.Elapsed < Patience, string.Create(CultureInfo.InvariantCulture, $"Kannel did not open port {port}"));
            }
        }
    }

    private async Task ListenAsync(NetworkStream network)
    {
        using var lines = new StreamReader(network, Encoding.UTF8);
        try
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                _received.Enqueue(line);
            }
        }
        catch (IOException)
        {
            // The test has ended.
        }
        catch (ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
