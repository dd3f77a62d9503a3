using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>It did not come to an identity this time; the message says why.</summary>
internal sealed class EnrolmentException(string message) : Exception(message);

/// <summary>
/// A device's side of its claim: makes its key, shows a code, waits for its technician, and believes only the hub whose code was typed
/// (Core/Contracts/Identity/README.md).
/// </summary>
internal sealed class Enrolment(DeviceFile device, Action<string> showCode)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The hub says every 15 s that it still waits.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <returns>The node's name.</returns>
    /// <exception cref="EnrolmentException">Refused, expired, or somebody stands between.</exception>
    public async Task<string> RunAsync(string host, int port, CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] hello = IdentityJson.Write(new ClaimHello(1, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), device.Model, device.Units));
        byte[] nonce = RandomNumberGenerator.GetBytes(ClaimCode.NonceLength);
        try
        {
            using var socket = new TcpClient();
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                limit.CancelAfter(Patience);
                await socket.ConnectAsync(host, port, limit.Token);
            }

            // Whose certificate this is says nothing yet: the code covers the authority that the hub names.
            await using var stream = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, cancellation);
            var lines = new ClaimLines(stream);
            await lines.WriteAsync(hello, cancellation);
            await lines.WriteAsync(IdentityJson.Write(new ClaimCommitment(Convert.ToBase64String(ClaimCode.Commit(hello, nonce)))), cancellation);

            ClaimOffer offer = Read<ClaimOffer>(await lines.ReadAsync(Patience, cancellation));
            if (offer.Refusal is { } busy)
            {
                throw new EnrolmentException(busy.Sentence);
            }

            using X509Certificate2 authority = X509Certificate2.CreateFromPem(offer.Authority);
            byte[] transcript = ClaimCode.Transcript(hello, authority.RawData, Convert.FromBase64String(offer.Nonce), nonce);
            await lines.WriteAsync(
                IdentityJson.Write(new ClaimReveal(Convert.ToBase64String(nonce), Convert.ToBase64String(Sign(key, ClaimCode.DeviceProof(transcript))))),
                cancellation);
            byte[] first = await lines.ReadAsync(Patience, cancellation);
            if (first.Length == 0)
            {
                showCode(ClaimCode.Of(transcript));
            }

            byte[] line = first;
            while (line.Length == 0)
            {
                line = await lines.ReadAsync(Silence, cancellation);
            }

            ClaimSignature signature = Read<ClaimSignature>(await lines.ReadAsync(Patience, cancellation));
            return Take(line, Convert.FromBase64String(signature.Signature), transcript, authority, key);
        }
        catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or CryptographicException or FormatException
            || (broken is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EnrolmentException(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}: {(broken is OperationCanceledException ? "it does not answer" : broken.Message)}"));
        }
    }

    private string Take(byte[] line, byte[] signature, byte[] transcript, X509Certificate2 authority, ECDsa key)
    {
        using ECDsa? its = authority.GetECDsaPublicKey();
        if (its is null || !its.VerifyData(ClaimCode.HubProof(transcript, line), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            throw new EnrolmentException("The answer is not from the hub whose code this was: somebody stands between. Nothing was taken.");
        }

        ClaimAnswer answer = Read<ClaimAnswer>(line);
        if (answer.Refusal is { } refusal)
        {
            throw new EnrolmentException(refusal.Sentence);
        }

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(answer.Certificate);
        if (answer.V != 1 || !Topics.IsName(answer.Node) || IdentityFile.WhyNot(certificate, key, answer.Node, authority) is not null)
        {
            throw new EnrolmentException("The hub's answer is not one that this version understands.");
        }

        Keep(answer, certificate, key, authority);
        return answer.Node;
    }

    /// <summary>The unit files last: who sees one of them sees the rest.</summary>
    private void Keep(ClaimAnswer answer, X509Certificate2 certificate, ECDsa key, X509Certificate2 authority)
    {
        string identity = Path.Combine(device.State, DeviceState.Identity);
        string trusted = Path.Combine(device.State, DeviceState.Authority);
        IdentityFile.WritePrivate(trusted, authority.ExportCertificatePem() + "\n");
        IdentityFile.Write(identity, certificate, key);
        foreach (UnitConfiguration unit in answer.Units.Where(u => Topics.IsName(u.Unit)))
        {
            string state = Path.Combine(device.State, unit.Unit);
            Directory.CreateDirectory(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var file = new NodeFile
            {
                V = 1, Branch = answer.Branch, Node = answer.Node, State = state, Unit = unit,
                Broker = new BrokerConfiguration(answer.BrokerHost, answer.BrokerPort, trusted, identity, identity),
            };
            IdentityFile.WritePrivate(Path.Combine(device.State, DeviceState.UnitFile(unit.Unit)), System.Text.Encoding.UTF8.GetString(ContractJson.Write(file)));
        }
    }

    private static byte[] Sign(ECDsa key, byte[] what) => key.SignData(what, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static T Read<T>(byte[] line)
        where T : class =>
        IdentityJson.TryRead(line, out T? read, out string? fault) ? read : throw new EnrolmentException($"The hub's words are not understood: {fault}");
}
