using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hub.Loop;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// HTTPS for the branch's devices: <c>GET /bundles/SHA256</c>, whole or from a place on (<c>Range: bytes=N-</c>, RFC 9110 §14), and nothing else. Mutual TLS with the branch's
/// certificates; this side is called <c>updates</c>.
/// </summary>
internal sealed class BundleServer(IPEndPoint address, string certificates, BundleShelf shelf, ILogger log, TimeProvider time)
{
    private const string Prefix = "/bundles/";

    /// <summary>More devices do not fetch at once: of each kind one does.</summary>
    private const int MostConnections = 32;

    private const int Part = 64 * 1024;

    private const long LookAgainAfter = 4 * 1024 * 1024;

    private readonly Complaints _complaints = new(log, time);
    private readonly Lock _gate = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        var own = new ServerCertificate(Path.Combine(certificates, BranchCertificates.Updates));
        _ = own.Now();
        using var door = new NodeDoor(certificates);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        HubLogging.Configure(builder.Logging);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificateSelector = (_, _) => own.Now(), SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, HandshakeTimeout = TimeSpan.FromSeconds(10),
                    ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                    ClientCertificateValidation = (certificate, _, _) => Admits(door, certificate),
                });
            });
        });
        await using WebApplication app = builder.Build();
        app.Run(context => AnswerAsync(context, door));
        await app.StartAsync(cancellation);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await app.StopAsync(limit.Token);
        }
    }

    private bool Admits(NodeDoor door, X509Certificate2? certificate)
    {
        if (door.WhyNot(certificate) is not { } why)
        {
            return true;
        }

        lock (_gate)
        {
            _complaints.Say("bundle", why, why);
        }

        return false;
    }

    private async Task AnswerAsync(HttpContext context, NodeDoor door)
    {
        HttpResponse response = context.Response;
        string path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) || !path.StartsWith(Prefix, StringComparison.Ordinal) || !WishedBundle.IsHash(path[Prefix.Length..])
            || !shelf.Here.Contains(path[Prefix.Length..]))
        {
            // A desk that has just been started again has not looked yet: the device asks again.
            response.StatusCode = shelf.IsKnown ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!Admits(door, context.Connection.ClientCertificate))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await using FileStream file = new(shelf.PathOf(path[Prefix.Length..]), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        long from = From(context.Request.Headers.Range.ToString());
        if (from >= file.Length)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Length}");
            return;
        }

        if (from > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}");
        }

        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Length - from;
        file.Position = from;
        byte[] part = new byte[Part];
        try
        {
            long looked = file.Position;
            for (int read; (read = await file.ReadAsync(part, context.RequestAborted)) > 0;)
            {
                if (file.Position - looked >= LookAgainAfter)
                {
                    // Revoked meanwhile?
                    looked = file.Position;
                    if (!Admits(door, context.Connection.ClientCertificate))
                    {
                        context.Abort();
                        return;
                    }
                }

                await response.Body.WriteAsync(part.AsMemory(0, read), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The device went away; it goes on from where it was.
        }
    }

    /// <summary>The one form that is served; with anything else the whole is.</summary>
    private static long From(string range) => range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-')
        && long.TryParse(range.AsSpan("bytes=".Length, range.Length - "bytes=".Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long from) ? from : 0;
}
