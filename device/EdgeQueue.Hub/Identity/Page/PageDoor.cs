using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>
/// Who may see the page and press its buttons. The address that the program prints has a key; it is changed for a cookie at once. What
/// changes something also needs a token from the page itself, so that no other page that the technician has open can press a button here.
/// </summary>
internal sealed class PageDoor
{
    public const string CookieName = "edgequeue-technician";
    public const string KeyName = "key";
    public const string TokenName = "token";

    private readonly string _cookie = Secret();

    public string Key { get; } = Secret();

    /// <summary>In every form of the page.</summary>
    public string Token { get; } = Secret();

    /// <summary>By name or number of this machine only: a stranger's name that leads here (DNS rebinding) is another page's.</summary>
    public static bool IsHere(HttpRequest request) => request.Host.Host is "127.0.0.1" or "localhost" or "[::1]";

    public bool IsIn(HttpRequest request) => request.Cookies.TryGetValue(CookieName, out string? cookie) && Same(cookie, _cookie);

    public bool HasKey(HttpRequest request) => request.Query[KeyName] is [{ } key] && Same(key, Key);

    public void LetIn(HttpResponse response) =>
        response.Cookies.Append(CookieName, _cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });

    /// <summary>A form that came from this page.</summary>
    public bool IsOurs(HttpRequest request, IFormCollection form) =>
        form[TokenName] is [{ } token] && Same(token, Token)
        && (request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority == request.Host.Value))
        && request.Headers["Sec-Fetch-Site"] is not ["cross-site" or "same-site"];

    private static bool Same(string given, string ours) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(ours));

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
