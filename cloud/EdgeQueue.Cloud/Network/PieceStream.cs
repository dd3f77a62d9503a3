namespace EdgeQueue.Cloud.Network;

/// <summary>A watcher of a <see cref="Broadcast"/>: server-sent events until it goes, or this process does.</summary>
/// <param name="while">Until it may see it.</param>
internal sealed class PieceStream(Broadcast broadcast, CancellationToken @while) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        IHostApplicationLifetime process = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(@while, httpContext.RequestAborted, process.ApplicationStopping);
        HttpResponse response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        // For a proxy that would collect what it passes on.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await response.StartAsync(gone.Token);
            await broadcast.SendAsync(response.BodyWriter, async () => await response.BodyWriter.FlushAsync(gone.Token), gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The watcher went while something was on its way.
        }
    }
}
