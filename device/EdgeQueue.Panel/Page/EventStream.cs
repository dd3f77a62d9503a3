using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace EdgeQueue.Panel.Page;

/// <summary>Server-sent events to every open page (WHATWG HTML §9.2). A page that does not keep up is cut off and connects anew.</summary>
internal sealed class EventStream
{
    private const int Behind = 512;
    private readonly Lock gate = new();
    private readonly List<Channel<string>> pages = [];

    public void Send<T>(string name, T value, JsonTypeInfo<T> type)
    {
        var text = Frame(name, value, type);
        lock (gate)
        {
            // Full: TryWrite says no, the page is ended and its browser opens the stream again with the whole truth.
            foreach (var slow in pages.Where(page => !page.Writer.TryWrite(text)).ToList())
            {
                slow.Writer.TryComplete();
                pages.Remove(slow);
            }
        }
    }

    /// <param name="first">Made under the lock, so that nothing between it and the first event is missed.</param>
    public async Task ServeAsync(HttpContext context, Func<PanelModel> first)
    {
        var page = Channel.CreateBounded<string>(Behind);
        string greeting;
        lock (gate)
        {
            greeting = Frame("all", first(), PanelJson.Default.PanelModel);
            pages.Add(page);
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(greeting, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var text in page.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        finally
        {
            lock (gate)
            {
                pages.Remove(page);
            }
        }
    }

    private static string Frame<T>(string name, T value, JsonTypeInfo<T> type) =>
        $"event: {name}\ndata: {JsonSerializer.Serialize(value, type)}\n\n";
}
