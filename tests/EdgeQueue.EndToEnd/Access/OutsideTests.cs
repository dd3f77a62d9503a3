using System.Net.Sockets;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>
/// Who comes to the branch's broker from outside with the wrong papers: refused, logged once, and nothing has changed for the others.
/// What a node with good papers may say and hear is in <see cref="AccessTests"/>.
/// </summary>
public sealed class OutsideTests
{
    /// <summary>One attempt is all that a test wants to see in the log.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("no certificate", "peer did not return a certificate")]
    [InlineData("wrong authority", "certificate verify failed")]
    [InlineData("expired", "certificate verify failed")]
    [InlineData("a server's certificate", "certificate verify failed")]
    public async Task Wrong_papers_are_refused_and_logged_once(string papers, string logged)
    {
        await using Broker broker = await Broker.StartAsync();
        await using Broker foreign = await Broker.StartAsync();
        await using Link honest = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));
        MqttTls good = broker.Tls("stranger");
        MqttTls tls = papers switch
        {
            "no certificate" => good with { CertificateFile = null, KeyFile = null },
            "wrong authority" => foreign.Tls("keypad-1") with { AuthorityFile = good.AuthorityFile },
            "expired" => broker.Tls("late", new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            _ => good with
            {
                CertificateFile = Path.Combine(broker.Certificates, "broker.crt"), KeyFile = Path.Combine(broker.Certificates, "broker.key"),
            },
        };

        await using Link stranger = Link.Start(broker.Options("stranger", Topics.Of("#")) with
        {
            Tls = tls, FirstRetry = Never, LongestRetry = Never,
        });
        await stranger.ExpectAsync<MqttConnectFailed>();

        await Eventually.Is(() => Refusals(broker) > 0, "a line about the refusal", 5);
        Assert.Equal(1, Refusals(broker));
        Assert.Contains(logged, broker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("as stranger/", broker.Log, StringComparison.Ordinal);
        await ServesAsync(broker, honest);
    }

    [Fact]
    public async Task A_connection_without_tls_is_refused()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link honest = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));

        await using Link plain = Link.Start(broker.Options("keypad-2") with { Tls = null, FirstRetry = Never, LongestRetry = Never });
        await plain.ExpectAsync<MqttConnectFailed>();

        await Eventually.Is(() => Refusals(broker) == 1, "one line about the refusal", 5);
        await ServesAsync(broker, honest);
    }

    [Fact]
    public async Task There_is_no_plain_port()
    {
        await using Broker broker = await Broker.StartAsync();

        // Every socket that this process listens on.
        string listening = File.ReadAllText($"/proc/{broker.ProcessId}/net/tcp");
        // One that is closed while they are read leads nowhere.
        HashSet<string> inodes = [.. Directory.GetFiles($"/proc/{broker.ProcessId}/fd").Select(f => new FileInfo(f).LinkTarget ?? "")
            .Where(l => l.Contains("socket:[", StringComparison.Ordinal)).Select(l => l[(l.IndexOf('[', StringComparison.Ordinal) + 1)..^1])];
        int[] ports = [.. listening.Split('\n').Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length > 9 && c[3] == "0A" && inodes.Contains(c[9])).Select(c => Convert.ToInt32(c[1].Split(':')[1], 16))];

        Assert.Equal([broker.Port], ports);
    }

    /// <summary>By hand, because today's libraries do not offer TLS 1.1 themselves: with 1.2 in the same bytes it goes on.</summary>
    [Theory]
    [InlineData(1, "alert")]
    [InlineData(2, "alert")]
    [InlineData(3, "hello")]
    public async Task An_older_tls_is_refused(byte minor, string answer)
    {
        await using Broker broker = await Broker.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", broker.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(ClientHello(minor), TestContext.Current.CancellationToken);
        var first = new byte[7];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await stream.ReadExactlyAsync(first, limit.Token);

        // Record type 21 is an alert, whose description 70 is protocol_version; 22 begins the handshake (RFC 5246 §6.2.1, §7.2).
        Assert.Equal(answer == "hello" ? 22 : 21, first[0]);
        if (answer == "alert")
        {
            Assert.Equal(70, first[6]);
            await Eventually.Is(() => Refusals(broker) == 1, "one line about the version", 5);
        }
    }

    private static async Task ServesAsync(Broker broker, Link honest)
    {
        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        Assert.Equal(PublishOutcome.Accepted, await hub.SayAsync(Topics.Of("counter/1"), "still there"));
        Assert.Equal(Topics.Of("counter/1") + " still there", await honest.HearAsync());
        Assert.Equal(1, honest.Connection.Status.Generation);
    }

    /// <summary>Lines with an error of TLS, but for those of the test's own look whether the port is open.</summary>
    private static int Refusals(Broker broker) => broker.Log.Split('\n').Count(
        l => l.Contains("error:0A", StringComparison.Ordinal) && !l.Contains("unexpected eof", StringComparison.Ordinal));

    /// <summary>RFC 5246 §7.4.1.2, with suites of ECDSA certificates, the curve and the signature that they need.</summary>
    private static byte[] ClientHello(byte minor)
    {
        byte[] extensions =
        [
            0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17, // supported_groups: secp256r1
            0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // ec_point_formats: uncompressed
            0x00, 0x0D, 0x00, 0x04, 0x00, 0x02, 0x04, 0x03, // signature_algorithms: ecdsa_secp256r1_sha256
        ];
        byte[] body =
        [
            3, minor, .. new byte[32], 0, // version, random, no session
            0, 4, 0xC0, 0x09, 0xC0, 0x2B, // ECDHE-ECDSA-AES128-SHA (1.0 and later), …-GCM-SHA256 (1.2)
            1, 0, // no compression
            0, (byte)extensions.Length, .. extensions,
        ];
        return [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }
}
