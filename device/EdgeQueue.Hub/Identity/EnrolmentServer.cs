using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// The port for devices without identity: TLS, so that nobody reads along, but it is the code that says who is who. Few connections at a
/// time, few from one address, short lines, short patience.
/// </summary>
/// <param name="ofBranches">At head office: hubs ask, each for its branch, and no devices.</param>
internal sealed class EnrolmentServer(
    IPEndPoint address, string certificates, BranchAuthority authority, WaitingDevices waiting, ILogger log, TimeProvider time, bool ofBranches = false)
{
    public const int MostConnections = 16;
    public const int MostFromOneAddress = 4;
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, int> _connections = [];
    private readonly Lock _gate = new();
    private readonly Complaints _complaints = new(log, time);

    public TcpListener Listener { get; } = new(address);

    /// <summary>Listens until cancelled. <see cref="Listener"/> has been started.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using X509Certificate2 own = CertificateWithKey.Read(
            Path.Combine(certificates, BranchCertificates.Broker + ".crt"), Path.Combine(certificates, BranchCertificates.Broker + ".key"));
        var context = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        try
        {
            while (true)
            {
                TcpClient client = await Listener.AcceptTcpClientAsync(cancellation);
                string from = client.Client.RemoteEndPoint is IPEndPoint { Address: var remote } ? CallerAddress.Of(remote) : "?";
                if (Enter(from))
                {
                    _ = ServeAsync(client, from, options, cancellation);
                }
                else
                {
                    client.Dispose();
                    Complain(from, "too many connections at once");
                }
            }
        }
        catch (OperationCanceledException)
        {
            Listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client, string from, SslServerAuthenticationOptions options, CancellationToken cancellation)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await using var tls = new SslStream(client.GetStream());
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
                {
                    limit.CancelAfter(HandshakePatience);
                    await tls.AuthenticateAsServerAsync(options, limit.Token);
                }

                if (await new EnrolmentConversation(authority, waiting, from, ofBranches, log, time).RunAsync(tls, cancellation) is { } why)
                {
                    Complain(from, why);
                }
            }
        }
        catch (Exception ended) when (ended is IOException or AuthenticationException or SocketException or OperationCanceledException)
        {
            Complain(from, ended is OperationCanceledException ? "it did not speak in time" : ended.Message);
        }
        finally
        {
            Leave(from);
        }
    }

    private void Complain(string from, string why)
    {
        lock (_gate)
        {
            _complaints.Say("enrolment", from, why);
        }
    }

    private bool Enter(string from)
    {
        lock (_gate)
        {
            int here = _connections.GetValueOrDefault(from);
            if (here >= MostFromOneAddress || _connections.Values.Sum() >= MostConnections)
            {
                return false;
            }

            _connections[from] = here + 1;
            return true;
        }
    }

    private void Leave(string from)
    {
        lock (_gate)
        {
            if (--_connections[from] == 0)
            {
                _connections.Remove(from);
            }
        }
    }
}
