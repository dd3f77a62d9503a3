using System.Text;

namespace EdgeQueue.Hub.Web;

/// <summary>What is answered under which path.</summary>
internal sealed class StatusPages(HubPictures pictures, HubMetrics metrics)
{
    /// <summary>The heartbeat comes every two seconds; without three of them the loop hangs.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(7);

    public Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return Answer(context, 405, "text/plain", "This page only shows.\n");
        }

        return context.Request.Path.Value switch
        {
            "/" => Page(context),
            "/healthz" => Health(context),
            "/metrics" => Answer(context, 200, "text/plain; version=0.0.4", PrometheusText.Of(pictures.Latest, metrics)),
            _ => Answer(context, 404, "text/plain", "There are /, /healthz and /metrics.\n"),
        };
    }

    private Task Health(HttpContext context)
    {
        string? ill = pictures.Age > Stale ? "the command loop does not answer"
            : pictures.Latest!.Status.Faults.FirstOrDefault(f => f.Code is "diskFault" or "journalBehind" or "secondHub")?.Sentence;
        return Answer(context, ill is null ? 200 : 503, "text/plain", (ill ?? "ok") + "\n");
    }

    private Task Page(HttpContext context)
    {
        // Everything of the page is in the page: no other source may be loaded.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        context.Response.Headers["Refresh"] = "2";
        return Answer(context, 200, "text/html; charset=utf-8", StatusHtml.Of(pictures.Latest, pictures.Age));
    }

    private static Task Answer(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes).AsTask();
    }
}
