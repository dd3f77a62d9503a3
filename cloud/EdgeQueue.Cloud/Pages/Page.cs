using System.Text;

namespace EdgeQueue.Cloud.Pages;

/// <summary>Who a page is for: it decides the head of the page.</summary>
public enum Audience
{
    /// <summary>Head office, with its menu.</summary>
    HeadOffice,

    /// <summary>People on their phones: nothing but the matter.</summary>
    Customer,
}

/// <summary>A whole page in the one layout. Handlers return it.</summary>
/// <param name="Title">Of the window; the page itself has an h1 of its own.</param>
/// <param name="Language">BCP 47, decides the direction too.</param>
/// <param name="Scripts">Files in <c>wwwroot</c>, e.g. <c>live.js</c>: there are no scripts inside pages.</param>
/// <param name="Place">Which entry of the menu it belongs to, e.g. <c>/network</c>.</param>
public sealed record Page(string Title, Html Body, Audience Audience = Audience.HeadOffice, string Language = "en", string? Place = null, int Status = 200, params string[] Scripts) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Layout.Of(this, httpContext.RequestServices.GetRequiredService<StaticFiles>(), Accounts.SignedIn.Of(httpContext)).ToString());
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        // What is live or somebody's own is not kept by anybody.
        httpContext.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : httpContext.Response.Body.WriteAsync(bytes).AsTask();
    }

    /// <summary>A page that only says something: what happened and what to do now.</summary>
    public static Page Message(int status, string heading, string sentence, Audience audience = Audience.Customer, string language = "en") => new(
        heading, Html.Of($"""<section class="card message"><h1>{heading}</h1><p>{sentence}</p></section>"""), audience, language, Status: status);
}
