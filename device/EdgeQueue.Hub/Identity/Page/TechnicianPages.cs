using System.Text;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>What is answered under which path, and to whom.</summary>
internal sealed class TechnicianPages(TechnicianDesk desk, PageDoor door, TimeProvider time)
{
    /// <summary>Answers that were given, for as long as the technician goes back and forth.</summary>
    private const int MostResults = 16;

    private readonly LinkedList<(string Id, PageResult Result)> _results = [];
    private readonly Lock _gate = new();
    private long _used = time.GetTimestamp();
    private int _number;

    public PageDoor Door { get; } = door;

    /// <summary>Since a person has opened or pressed something; the page's own looks do not count.</summary>
    public TimeSpan Unused => time.GetElapsedTime(Volatile.Read(ref _used));

    public async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (!PageDoor.IsHere(request))
        {
            await AnswerAsync(context, 403, "text/plain", "This page is reached as 127.0.0.1 or localhost.\n");
        }
        else if (HttpMethods.IsGet(request.Method) && Door.HasKey(request))
        {
            Door.LetIn(context.Response);
            context.Response.Redirect("/");
        }
        else if (!Door.IsIn(request))
        {
            await AnswerAsync(context, 403, "text/plain", "Open the address that 'edgequeue technician' has printed, with its key.\n");
        }
        else if (HttpMethods.IsGet(request.Method))
        {
            await ShowAsync(context, request.Path.Value ?? "/");
        }
        else if (HttpMethods.IsPost(request.Method))
        {
            await DoAsync(context, request);
        }
        else
        {
            await AnswerAsync(context, 405, "text/plain", "GET and POST.\n");
        }
    }

    private async Task ShowAsync(HttpContext context, string path)
    {
        if (path is "/" or "/doctor" or "/result")
        {
            Volatile.Write(ref _used, time.GetTimestamp());
        }

        switch (path)
        {
            case "/":
                await AnswerAsync(context, 200, "text/html; charset=utf-8", TechnicianHtml.Page(await desk.LookAsync(context.RequestAborted), Door.Token));
                break;
            case "/parts":
                await AnswerAsync(context, 200, "text/html; charset=utf-8", TechnicianHtml.Parts(await desk.LookAsync(context.RequestAborted), Door.Token));
                break;
            case "/result" when Result(context.Request.Query["of"].ToString()) is { } result:
                await AnswerAsync(context, 200, "text/html; charset=utf-8", ResultHtml.Of(result, Door.Token));
                break;
            case "/page.css":
                await AnswerAsync(context, 200, "text/css; charset=utf-8", PageStyle.Css);
                break;
            case "/page.js":
                await AnswerAsync(context, 200, "text/javascript; charset=utf-8", PageStyle.Script);
                break;
            default:
                await AnswerAsync(context, 404, "text/plain", "There is no such page.\n");
                break;
        }
    }

    private async Task DoAsync(HttpContext context, HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            await AnswerAsync(context, 415, "text/plain", "A form is expected.\n");
            return;
        }

        IFormCollection form = await request.ReadFormAsync(context.RequestAborted);
        if (!Door.IsOurs(request, form))
        {
            await AnswerAsync(context, 403, "text/plain", "This form did not come from the page. Open the page again.\n");
            return;
        }

        Volatile.Write(ref _used, time.GetTimestamp());
        string? Field(string name) => form[name] is [{ Length: > 0 } value] ? value.Trim() : null;
        string node = Field("node") ?? "";
        DeskRequest? asked = request.Path.Value switch
        {
            "/claim" => new DeskRequest("claim", Field("code"), node, Field("role"), Field("counter"), Field("zone")),
            "/replace" => new DeskRequest("replace", Field("code"), node),
            "/revoke" => new DeskRequest("revoke", Node: node),
            "/doctor" => new DeskRequest(ControlSocket.Doctor, Node: node, Try: Field("try") is not null),
            _ => null,
        };
        if (asked is null)
        {
            await AnswerAsync(context, 404, "text/plain", "There is no such page.\n");
            return;
        }

        // Whoever closes the page in the middle has still pressed the button.
        string id = Keep(new PageResult(asked, await desk.DoAsync(asked, CancellationToken.None)));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/result?of=" + id;
    }

    private string Keep(PageResult result)
    {
        lock (_gate)
        {
            string id = (++_number).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _results.AddLast((id, result));
            if (_results.Count > MostResults)
            {
                _results.RemoveFirst();
            }

            return id;
        }
    }

    private PageResult? Result(string id)
    {
        lock (_gate)
        {
            return _results.FirstOrDefault(r => r.Id == id).Result;
        }
    }

    private static async Task AnswerAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
