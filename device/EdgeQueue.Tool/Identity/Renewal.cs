using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Identity;

/// <summary>How a renewal ended.</summary>
/// <param name="Renewed">False without a fault: there was nothing to do.</param>
internal sealed record RenewalEnd(bool Renewed, string Sentence, bool Failed = false);

/// <summary>Asks the registrar for a new certificate, over MQTT under the old one, for a key that is made here.</summary>
internal sealed class Renewal(NodeFile node)
{
    /// <summary>For each step; the registrar answers within milliseconds when it is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Topics topics = new(node.Branch);

    public async Task<RenewalEnd> RunAsync(CancellationToken cancellation)
    {
        if (node.Broker.Certificate != node.Broker.Key)
        {
            return new RenewalEnd(false, "Certificate and key lie in two files: they were made by hand, and are replaced by hand.");
        }

        using FileStream? only = IdentityFile.Lock(node.Broker.Key);
        if (only is null)
        {
            return new RenewalEnd(false, "Another program of this device is renewing.");
        }

        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(node.Broker.Authority);
        using X509Certificate2 current = X509CertificateLoader.LoadCertificate(File.ReadAllBytes(node.Broker.Certificate));
        await using var connection = new MqttConnection(new MqttOptions
        {
            Host = node.Broker.Host, Port = node.Broker.Port, ClientId = node.Node + "/renewal",
            Tls = new MqttTls(node.Broker.Authority, node.Broker.Certificate, node.Broker.Key),
            Subscriptions = [topics.IdentityRenew(node.Node), topics.IdentityCertificate(node.Node)],
        });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = connection.RunAsync(ended.Token);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            return await RunAsync(connection, authority, current, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RenewalEnd(false, $"The registrar did not answer within {Patience.TotalSeconds:0} s ({connection.Status.LastFailure ?? "connected"}). It is tried again.", Failed: true);
        }
        finally
        {
            await ended.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RenewalEnd> RunAsync(MqttConnection connection, X509Certificate2 authority, X509Certificate2 current, CancellationToken limit)
    {
        ECDsa? key = null;
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            await foreach (MqttArrival arrival in connection.Arrivals.ReadAllAsync(limit))
            {
                if (arrival is not MqttMessage message)
                {
                    continue;
                }

                if (key is null && message.Topic == topics.IdentityRenew(node.Node))
                {
                    if (!IdentityJson.TryRead(message.Payload.Span, out RenewalWanted? wanted, out _) || wanted.Serial != current.SerialNumber)
                    {
                        await HasAsync(connection, current.SerialNumber, limit);
                        return new RenewalEnd(false, "Renewed already.");
                    }

                    key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                    _ = connection.PublishAsync(new MqttPublication(topics.IdentityRequest(node.Node), IdentityJson.Write(Request(id, key))));
                }
                else if (key is not null && message.Topic == topics.IdentityCertificate(node.Node)
                    && IdentityJson.TryRead(message.Payload.Span, out RenewalAnswer? answer, out _) && answer.Id == id)
                {
                    (RenewalEnd end, string? serial) = Take(answer, key, authority);
                    if (serial is not null)
                    {
                        await HasAsync(connection, serial, limit);
                    }

                    return end;
                }
            }

            return new RenewalEnd(false, "The connection ended.", Failed: true);
        }
        finally
        {
            key?.Dispose();
        }
    }

    /// <summary>
    /// Until the registrar hears this it takes it that its answer was lost, and goes on reminding. Not heard: the reminder is there at
    /// the next connection, and it is said then.
    /// </summary>
    private async Task HasAsync(MqttConnection connection, string serial, CancellationToken limit)
    {
        var said = new RenewalRequest(1, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), "", "", Has: serial);
        try
        {
            await connection.PublishAsync(new MqttPublication(topics.IdentityRequest(node.Node), IdentityJson.Write(said))).WaitAsync(limit);
        }
        catch (OperationCanceledException)
        {
            // The certificate is there; only the word of it is not.
        }
    }

    private RenewalRequest Request(string id, ECDsa key)
    {
        byte[] spki = key.ExportSubjectPublicKeyInfo();
        return new RenewalRequest(1, id, Convert.ToBase64String(spki), Convert.ToBase64String(key.SignData(
            IdentityProof.OfRenewal(node.Branch, node.Node, id, spki), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    private (RenewalEnd End, string? Serial) Take(RenewalAnswer answer, ECDsa key, X509Certificate2 authority)
    {
        if (answer.Certificate is null)
        {
            return (new RenewalEnd(false, $"The registrar refused: {answer.Refusal?.Sentence}", Failed: true), null);
        }

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(answer.Certificate);
        if (IdentityFile.WhyNot(certificate, key, node.Node, authority) is { } why)
        {
            return (new RenewalEnd(false, $"What came is not used: {why}.", Failed: true), null);
        }

        IdentityFile.Write(node.Broker.Key, certificate, key);
        return (new RenewalEnd(true, $"Renewed until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z."), certificate.SerialNumber);
    }
}
