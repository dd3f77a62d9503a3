using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Stands before every staff route: who is not signed in is sent to the sign-in page, who may not is told so.</summary>
internal sealed class Gate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Sessions sessions, SessionCookie cookie)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Admission>() is not { } admission)
        {
            await next(context);
            return;
        }

        HttpRequest request = context.Request;
        SignedIn? who = cookie.Read(context) is { } secret ? await sessions.FindAsync(secret, context.RequestAborted) : null;
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.GetEndpoint()!.Metadata.GetMetadata<OnlyLooks>() is not null;
        if (who is null)
        {
            await AskAsync(context);
        }
        else if (((reads ? admission.Look : admission.Change) & who.Role) == 0)
        {
            await FaultPages.SayAsync(context, 403, "Not for your account", reads
                ? "This is for other roles. Ask head office when you need it."
                : "Your account may not change this. Ask head office when you need it.");
        }
        else
        {
            context.Features.Set(who);
            await next(context);
        }
    }

    private static Task AskAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !FaultPages.WantsPage(context))
        {
            return FaultPages.SayAsync(context, 401, "Sign in first", "These pages are for people with an account. Sign in and do it again.");
        }

        string to = request.Path + request.QueryString;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = to == "/" || LocalPath.Of(to) is null ? "/sign-in" : $"/sign-in?to={Uri.EscapeDataString(to)}";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}

/// <summary>Where somebody is sent after they signed in: a page of ours and nothing else.</summary>
internal static class LocalPath
{
    public static string? Of(string? path) =>
        path is { Length: > 0 and <= 500 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(c => c is < '!' or > '~' or '\\') ? path : null;
}
