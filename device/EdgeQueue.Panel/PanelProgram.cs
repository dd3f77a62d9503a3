using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Panel.Devices;
using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel;

/// <summary>The page, its events and its few requests. For this machine only: it has no accounts.</summary>
internal static class PanelProgram
{
    public static async Task<int> RunAsync(
        FileInfo branchFile, string folder, Uri url, string? hub, string ports, CancellationToken cancellation)
    {
        if (!BranchConfigurationLoader.TryLoad(
            await File.ReadAllBytesAsync(branchFile.FullName, cancellation),
            id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out var branch, out var faults))
        {
            Console.Error.WriteLine($"{branchFile} cannot be used; 'edgequeue check {branchFile}' tells its {faults.Count} faults.");
            return 2;
        }

        if (!url.IsLoopback)
        {
            Console.Error.WriteLine($"The panel has no accounts and is served on this machine only, not on {url.Host}.");
            return 2;
        }

        var events = new EventStream();
        var played = new PlayedBranch(
            branch, new SimulatedDevices(folder, [.. ports.Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture))]).For(branch), events, hub);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            // It has no appsettings.json, and to wait for one would watch every folder below the current one.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls(url.ToString());
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 4096);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PanelJson.Default));
        await using var app = builder.Build();
        Serve(app, played, events);

        var playing = played.RunAsync(cancellation);
        await app.StartAsync(cancellation);
        Console.WriteLine($"Panel: {url}");
        try
        {
            await playing;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        return 0;
    }

    private static void Serve(WebApplication app, PlayedBranch played, EventStream events)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapGet("/events", context => events.ServeAsync(context, played.Model));
        app.MapGet("/tickets/{number:int}.png", (int number) => played.Tickets.Find(number) is { } png
            ? Results.Bytes(png, "image/png") : Results.NotFound());
        app.MapGet("/sounds/{number:int}.wav", (int number) => played.Sounds.Find(number) is { } wav
            ? Results.Bytes(wav, "audio/wav", enableRangeProcessing: true) : Results.NotFound());
        app.MapPost("/press", (PressRequest press) => Answer(played.Press(press)));
        app.MapPost("/scan", (ScanRequest scan) => Answer(played.Scan(scan)));
        app.MapPost("/printer", (PrinterRequest printer) => Answer(played.SetPrinter(printer)));
    }

    private static IResult Answer(string? fault) => fault is null ? Results.NoContent() : Results.Text(fault, statusCode: 400);
}
