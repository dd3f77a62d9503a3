namespace EdgeQueue.Cloud.Web;

/// <summary>OWASP's headers on every answer. Nothing is loaded from elsewhere, no script stands in a page, nobody frames it, and links with secrets leave no trace.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Permissions = "Permissions-Policy";

    private const string Nothing = "geolocation=(), camera=(), microphone=(), payment=(), usb=()";

    /// <summary>This page may ask the browser where it is; no other may.</summary>
    public static void AllowPlace(HttpContext context) => context.Response.Headers[Permissions] = Nothing.Replace("geolocation=()", "geolocation=(self)", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers[Permissions] = Nothing;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    }
}
