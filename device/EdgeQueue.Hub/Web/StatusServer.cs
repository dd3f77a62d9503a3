using System.Net;

namespace EdgeQueue.Hub.Web;

/// <summary>The hub's own small web server: a status page, a health check and figures. It reads; it changes nothing.</summary>
internal static class StatusServer
{
    public static async Task RunAsync(string address, HubPictures pictures, HubMetrics metrics, ILogger log, CancellationToken cancellation)
    {
        // Nothing of what a builder brings by itself: it would read appsettings.json and watch every folder below the current one.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        HubLogging.Configure(builder.Logging);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 100;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPEndPoint.Parse(address));
        });
        await using WebApplication app = builder.Build();
        app.Run(context => new StatusPages(pictures, metrics).HandleAsync(context));
        await app.StartAsync(cancellation);
        HubLog.PageAt(log, address);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None);
        }
    }
}
