using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>
/// A stranger's box in the cable of a new device. Either it speaks with both sides under keys of its own, or it passes the conversation
/// on and changes only where the broker is said to be.
/// </summary>
internal sealed class BoxBetween : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _hubPort;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;
    private readonly Task _serving;

    public BoxBetween(int hubPort)
    {
        _hubPort = hubPort;
        _authority = BranchCertificates.MakeAuthority(Support.Broker.Branch, _key);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    public bool PassesOn { get; init; }

    public volatile bool WaitsAtHub;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TestContext.Current.TestOutputHelper?.WriteLine($"The box between ended: {_serving.Exception?.InnerException?.Message ?? "asked to"}");
        _authority.Dispose();
        _key.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        using TcpClient device = await _listener.AcceptTcpClientAsync(_stop.Token);
        await using var toDevice = new SslStream(device.GetStream());
        await toDevice.AuthenticateAsServerAsync(_authority);
        using var hub = new TcpClient();
        await hub.ConnectAsync(IPAddress.Loopback, _hubPort, _stop.Token);
        await using var toHub = new SslStream(hub.GetStream(), false, (_, _, _, _) => true);
        await toHub.AuthenticateAsClientAsync("hub");
        var fromDevice = new StreamReader(toDevice);
        var fromHub = new StreamReader(toHub);
        await (PassesOn ? PassOnAsync(fromDevice, toDevice, fromHub, toHub) : SpeakAsync(fromDevice, toDevice, fromHub, toHub));
    }

    private async Task SpeakAsync(StreamReader fromDevice, Stream toDevice, StreamReader fromHub, Stream toHub)
    {
        // To the device it is the hub.
        Assert.True(IdentityJson.TryRead(Encoding.UTF8.GetBytes(await LineAsync(fromDevice)), out ClaimHello? its, out string? unread), unread);
        _ = await LineAsync(fromDevice);
        await SayAsync(toDevice, IdentityJson.Write(new ClaimOffer(
            1, Support.Broker.Branch, _authority.ExportCertificatePem(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
        _ = await LineAsync(fromDevice);
        await SayAsync(toDevice, []);

        // To the hub it is the device.
        byte[] nonce = RandomNumberGenerator.GetBytes(32);
        byte[] hello = IdentityJson.Write(its with { PublicKey = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) });
        await SayAsync(toHub, hello);
        await SayAsync(toHub, IdentityJson.Write(new ClaimCommitment(Convert.ToBase64String(ClaimCode.Commit(hello, nonce)))));
        Assert.True(IdentityJson.TryRead(Encoding.UTF8.GetBytes(await LineAsync(fromHub)), out ClaimOffer? offer, out string? fault), fault);
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(offer.Authority);
        byte[] transcript = ClaimCode.Transcript(hello, authority.RawData, Convert.FromBase64String(offer.Nonce), nonce);
        byte[] proof = _key.SignData(ClaimCode.DeviceProof(transcript), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        await SayAsync(toHub, IdentityJson.Write(new ClaimReveal(Convert.ToBase64String(nonce), Convert.ToBase64String(proof))));
        Assert.Empty(await LineAsync(fromHub));
        WaitsAtHub = true;
        await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private async Task PassOnAsync(StreamReader fromDevice, Stream toDevice, StreamReader fromHub, Stream toHub)
    {
        Task there = Task.Run(async () =>
        {
            while (true)
            {
                await SayAsync(toHub, Encoding.UTF8.GetBytes(await LineAsync(fromDevice)));
            }
        });
        while (true)
        {
            string line = await LineAsync(fromHub);
            if (line.Contains("brokerHost", StringComparison.Ordinal))
            {
                JsonNode answer = JsonNode.Parse(line)!;
                answer["brokerHost"] = "box.example";
                line = answer.ToJsonString();
            }

            await SayAsync(toDevice, Encoding.UTF8.GetBytes(line));
        }
    }

    private async Task<string> LineAsync(StreamReader reader) =>
        await reader.ReadLineAsync(_stop.Token) ?? throw new EndOfStreamException();

    private async Task SayAsync(Stream stream, byte[] line) => await stream.WriteAsync((byte[])[.. line, (byte)'\n'], _stop.Token);
}
