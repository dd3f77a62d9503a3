using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>
/// The cookie with a session's secret: no script reads it, no other site sends it, and where there is https it goes nowhere else (then its
/// name says so to the browser, RFC 6265bis 4.1.3.2). It ends with the browser; the session itself ends in the database.
/// </summary>
internal sealed class SessionCookie(CloudSettings cloud)
{
    private readonly bool _public = cloud.PublicUrl.StartsWith("https:", StringComparison.Ordinal);

    public Secret? Read(HttpContext context) => Secret.Of(context.Request.Cookies[Name(context)]);

    public void Write(HttpContext context, Secret secret) => context.Response.Cookies.Append(Name(context), secret.Text, Options(context));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context));

    private bool Secure(HttpContext context) => context.Request.IsHttps || (_public && !Web.ClientAddress.IsThisMachine(context));

    private string Name(HttpContext context) => Secure(context) ? "__Host-edgequeue" : "edgequeue";

    private CookieOptions Options(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = Secure(context), Path = "/", IsEssential = true };
}
