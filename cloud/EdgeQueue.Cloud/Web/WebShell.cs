using System.Net;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Metrics;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using Microsoft.AspNetCore.HttpOverrides;

namespace EdgeQueue.Cloud.Web;

/// <summary>What holds for every request, whichever room answers it.</summary>
internal static class WebShell
{
    /// <summary>Bytes of a request's body; a route that takes more (an import) says so itself.</summary>
    private const long LargestBody = 64 * 1024;

    private const int MostConnections = 10_000;

    public static void AddServices(WebApplicationBuilder builder, CloudSettings settings)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(settings.Listen);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            if (settings.Certificate.Length > 0)
            {
                HttpsCertificate certificate = kestrel.ApplicationServices.GetRequiredService<HttpsCertificate>();
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    https.ServerCertificate = certificate.Now().TargetCertificate;
                    https.OnAuthenticate = (_, tls) => tls.ServerCertificateContext = certificate.Now();
                });
            }
        });
        builder.Services.AddSingleton<StaticFiles>().AddSingleton<RequestBounds>();
        builder.Services.AddSingleton(services => new HttpsCertificate(
            settings.Certificate, settings.CertificateKey, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<HttpsCertificate>>()));
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (IPAddress proxy in CloudSettings.Addresses(settings.Proxies))
            {
                forwarded.KnownProxies.Add(proxy);
            }
        });
        // What cannot be bound is said by FaultPages, with its place.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddRouting().AddProblemDetails();
    }

    public static void Map(WebApplication app, CloudSettings settings)
    {
        if (settings.Proxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<RequestTelemetry>();
        app.UseMiddleware<FaultPages>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SameOriginOnly>();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.UseRouting();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<ApiGate>();
        app.UseMiddleware<ReadableForms>();
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        app.MapGet("/readyz", Ready);
        app.MapGet("/metrics", (HttpContext context, MetricsText metrics) => MayRead(context, settings)
            ? Results.Text(metrics.Read(), "text/plain; version=0.0.4; charset=utf-8")
            : Results.NotFound());
    }

    private static async Task<IResult> Ready(Migrator migrator, HttpContext context)
    {
        try
        {
            return await migrator.IsCompleteAsync(Migration.All, context.RequestAborted)
                ? Results.Text("ok\n") : Results.Text("the database is older than this program\n", statusCode: 503);
        }
        catch (System.Data.Common.DbException)
        {
            return Results.Text("the database does not answer\n", statusCode: 503);
        }
    }

    private static bool MayRead(HttpContext context, CloudSettings settings) =>
        ClientAddress.IsThisMachine(context) || (context.Connection.RemoteIpAddress is { } address && CloudSettings.Addresses(settings.MetricsFrom).Contains(ClientAddress.Plain(address)));
}
