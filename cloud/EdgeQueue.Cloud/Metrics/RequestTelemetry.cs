using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>
/// How long each route takes, as a figure, and as a trace where somebody listens. Named by the route and never by the path, which may hold a secret; a
/// live page is none of it: it lasts as long as somebody watches.
/// </summary>
internal sealed class RequestTelemetry(RequestDelegate next)
{
    private static readonly ActivitySource Source = new(CloudMetrics.MeterName);

    private static readonly Histogram<double> Milliseconds = CloudMetrics.Meter.CreateHistogram<double>(
        "edgequeue_cloud_request_milliseconds", "ms", "Time until a request was answered, by route and class of status; live pages are not in it.");

    private static readonly string[] Classes = ["1xx", "2xx", "3xx", "4xx", "5xx"];

    public async Task InvokeAsync(HttpContext context)
    {
        // What the server makes itself is not sent: it knows the path.
        Activity? before = Activity.Current;
        Activity.Current = null;
        _ = ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, out ActivityContext parent);
        using Activity? trace = Source.StartActivity("request", ActivityKind.Server, parent);
        long began = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            int status = context.Response.StatusCode;
            if (context.Response.ContentType != "text/event-stream")
            {
                Milliseconds.Record(
                    Stopwatch.GetElapsedTime(began).TotalMilliseconds, new("route", route), new("status", Classes[Math.Clamp((status / 100) - 1, 0, 4)]));
            }

            if (trace is not null)
            {
                // https://opentelemetry.io/docs/specs/semconv/http/http-spans/
                trace.DisplayName = $"{Method(context.Request.Method)} {route}";
                trace.SetTag("http.request.method", Method(context.Request.Method)).SetTag("http.route", route).SetTag("http.response.status_code", status);
                trace.SetStatus(status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            }

            Activity.Current = before;
        }
    }

    /// <summary>A name that somebody made up is not passed on.</summary>
    private static string Method(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? method : "_OTHER";
}
