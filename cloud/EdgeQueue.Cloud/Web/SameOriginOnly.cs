using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Web;

/// <summary>
/// Against forged requests: what changes something is refused when a browser says that another site sent it (Sec-Fetch-Site, and
/// Origin for browsers without it). Programs send neither and prove themselves by a key. No token has to be kept or shared by replicas.
/// </summary>
internal sealed class SameOriginOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return reads || IsOwn(request)
            ? next(context)
            : Page.Message(403, "Not from here", "This was sent by another site. Open the page itself and try again.").ExecuteAsync(context);
    }

    private static bool IsOwn(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
