using System.Data.Common;
using System.Text.Json;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Web;

/// <summary>What people see when something is not there, not allowed or broken: a page of ours with a sentence; programs get problem details (RFC 9457).</summary>
internal sealed partial class FaultPages(RequestDelegate next, ILogger<FaultPages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await SayAsync(context, fault.StatusCode, Words(fault.StatusCode).Heading, SentenceOf(fault));
            return;
        }
        catch (DbException fault) when (!context.Response.HasStarted)
        {
            NoDatabase(log, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "?", fault.Message);
            context.Response.Headers.RetryAfter = "5";
            await SayAsync(context, 503, "One moment, please", "The database does not answer just now. Nothing was changed; try again in a moment.");
            return;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            Broke(log, fault, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "?");
            await SayAsync(context, 500, "Something broke here", "It was written down for those who can mend it. Try again in a moment.");
            return;
        }

        if (!context.Response.HasStarted && context.Response is { ContentLength: null, ContentType: null, StatusCode: 400 or 404 or 405 or 413 or 415 or 429 })
        {
            (string heading, string sentence) = Words(context.Response.StatusCode);
            await SayAsync(context, context.Response.StatusCode, heading, sentence);
        }
    }

    /// <summary>Why a request cannot be read, without the words of .NET.</summary>
    internal static string SentenceOf(BadHttpRequestException fault) => fault.InnerException switch
    {
        Api.NoInstant time => $"{time.Path}: {time.Message}",
        JsonException json => $"The body, {JsonPlace.Of(json)}",
        _ => Words(fault.StatusCode).Sentence,
    };

    private static (string Heading, string Sentence) Words(int status) => status switch
    {
        400 => ("This cannot be understood", "A value is missing, or is of another kind than expected."),
        404 => ("Nothing is here", "The link is not complete, or what it led to is over."),
        405 => ("This page only shows", "What you sent cannot be done here."),
        408 => ("This took too long", "What you sent did not come to its end. Send it again."),
        429 => ("Too many requests", "Wait a minute and try again."),
        _ => ("This cannot be taken", "What was sent is too large or of another kind than expected."),
    };

    public static Task SayAsync(HttpContext context, int status, string heading, string sentence) => WantsPage(context)
        ? Page.Message(status, heading, sentence).ExecuteAsync(context)
        : Results.Problem(sentence, statusCode: status, title: heading).ExecuteAsync(context);

    public static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // The route and not the path: a path may hold somebody's secret link.
    [LoggerMessage(110, LogLevel.Error, "{Method} {Route} broke")]
    private static partial void Broke(ILogger log, Exception fault, string method, string route);

    [LoggerMessage(111, LogLevel.Warning, "{Method} {Route}: the database does not answer: {Reason}")]
    private static partial void NoDatabase(ILogger log, string method, string route, string reason);
}
