using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>It did not come to an identity this time; the message says why.</summary>
internal sealed class EnrolmentException(string message) : Exception(message);

/// <summary>What a claim brought: an identity that fits, from the authority whose code was typed.</summary>
/// <param name="Key">Made for this claim; known to nobody else.</param>
internal sealed record Claimed(ClaimAnswer Answer, X509Certificate2 Certificate, ECDsa Key, X509Certificate2 Authority);

/// <summary>
/// A claim from the side that has no identity yet: makes its key, shows a code, waits until it is typed, and believes only the authority whose
/// code that was (Core/Contracts/Identity/README.md). A device speaks so with its hub, a hub with head office.
/// </summary>
/// <param name="hello">Given its public key, base64.</param>
internal sealed class ClaimConversation(Func<string, ClaimHello> hello, Action<string> showCode)
{
    /// <summary>More than all files of an identity together.</summary>
    private const int TrialBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The hub says every 15 s that it still waits.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <param name="folder">Where it will be kept.</param>
    /// <param name="keep">Puts it on the disk; what it holds ends with this call.</param>
    /// <exception cref="EnrolmentException">Refused, expired, somebody stands between, or the disk does not take it.</exception>
    public async Task RunAsync(string host, int port, string folder, Action<Claimed> keep, CancellationToken cancellation)
    {
        TryDisk(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] first = IdentityJson.Write(hello(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
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
            await lines.WriteAsync(first, cancellation);
            await lines.WriteAsync(IdentityJson.Write(new ClaimCommitment(Convert.ToBase64String(ClaimCode.Commit(first, nonce)))), cancellation);

            ClaimOffer offer = Read<ClaimOffer>(await lines.ReadAsync(Patience, cancellation));
            if (offer.Refusal is { } busy)
            {
                throw new EnrolmentException(busy.Sentence);
            }

            using X509Certificate2 authority = X509Certificate2.CreateFromPem(offer.Authority);
            byte[] transcript = ClaimCode.Transcript(first, authority.RawData, Convert.FromBase64String(offer.Nonce), nonce);
            await lines.WriteAsync(
                IdentityJson.Write(new ClaimReveal(Convert.ToBase64String(nonce), Convert.ToBase64String(Sign(key, ClaimCode.DeviceProof(transcript))))),
                cancellation);
            byte[] line = await lines.ReadAsync(Patience, cancellation);
            if (line.Length == 0)
            {
                showCode(ClaimCode.Of(transcript));
            }

            while (line.Length == 0)
            {
                line = await lines.ReadAsync(Silence, cancellation);
            }

            ClaimSignature signature = Read<ClaimSignature>(await lines.ReadAsync(Patience, cancellation));
            Take(line, Convert.FromBase64String(signature.Signature), transcript, authority, key, keep);
        }
        catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or CryptographicException or FormatException
            || (broken is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EnrolmentException(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}: {(broken is OperationCanceledException ? "it does not answer" : broken.Message)}"));
        }
    }

    private static void Take(byte[] line, byte[] signature, byte[] transcript, X509Certificate2 authority, ECDsa key, Action<Claimed> keep)
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

        try
        {
            keep(new Claimed(answer, certificate, key, authority));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new EnrolmentException(
                $"It was accepted, and the disk does not keep what was given: {broken.Message.TrimEnd('.')}. Mend that; then the next code is typed with 'replace', because the name is taken now.");
        }
    }

    // Before anybody types a code: what cannot be kept would be given for nothing.
    private static void TryDisk(string folder)
    {
        string trial = Path.Combine(folder, "claim.trial");
        try
        {
            IdentityFile.WritePrivate(trial, new string('-', TrialBytes));
            File.Delete(trial);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new EnrolmentException($"An identity cannot be kept here: {broken.Message}");
        }
    }

    private static byte[] Sign(ECDsa key, byte[] what) => key.SignData(what, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static T Read<T>(byte[] line)
        where T : class =>
        IdentityJson.TryRead(line, out T? read, out string? fault) ? read : throw new EnrolmentException($"The hub's words are not understood: {fault}");
}
