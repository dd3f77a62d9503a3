using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Cloud.Sms;

/// <summary>
/// For demonstrations: no message leaves. What would have been sent is shown to head office until the process ends, and somebody there can write as a phone would.
/// </summary>
internal sealed class ShownProvider(TimeProvider time) : ISmsProvider
{
    private const int Most = 50;

    private readonly Queue<ShownMessage> _messages = new();
    private readonly Lock _lock = new();

    public IReadOnlyList<ShownMessage> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages.Reverse()];
            }
        }
    }

    public Task<SmsResult> SendAsync(string to, string text, string report, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _messages.Enqueue(new(to.Length > 3 ? to[^3..] : to, text, time.GetUtcNow()));
            if (_messages.Count > Most)
            {
                _messages.Dequeue();
            }
        }

        return Task.FromResult(new SmsResult(SmsHanding.Accepted));
    }
}

/// <param name="To">The last digits.</param>
internal sealed record ShownMessage(string To, string Text, DateTimeOffset At);

/// <summary>The messages of <see cref="ShownProvider"/>, and a phone to write with.</summary>
internal sealed class ShownPage(ShownProvider provider, SmsInbox inbox)
{
    private const int LongestText = 500;

    public Page Show(string? fault = null) => new("Messages of the demonstration", Html.Of($"""
        <p class="small"><a href="/sms">← Messages</a></p><h1>Messages of the demonstration</h1>
        <p class="notice">The provider is <code>show</code>: nothing leaves this machine. What would have been sent stands below, until the cloud stops.</p>
        {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
        <div class="grid"><section class="card"><h2>Write as a phone would</h2><form method="post" action="/sms/shown">
        <label>From<input name="from" value="+4791234567" required></label>
        <label>Text <span class="hint">JOIN general, STATUS, CANCEL, STOP, START</span><input name="text" maxlength="{LongestText}" required></label><div><button>Send</button></div></form></section>
        <section class="card"><h2>What phones have got</h2>{(provider.Latest.Count == 0 ? Html.Of($"<p class=\"quiet\">Nothing yet.</p>") : Html.All(provider.Latest.Select(m => Html.Of($"<p class=\"sms\"><span class=\"quiet small\">…{m.To}, {m.At:HH:mm:ss} UTC</span><br>{Linked(m.Text)}</p>"))))}</section></div>
        <meta http-equiv="refresh" content="10">
        """), Place: "/sms");

    public async Task<IResult> WriteAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string text = form["text"].ToString();
        if (PhoneNumber.Of(form["from"].ToString().Trim()) is not { } phone || !form["from"].ToString().Trim().StartsWith('+') || text.Length is 0 or > LongestText)
        {
            return Show("A number has a + and its country, a text is not empty.");
        }

        await inbox.TakeAsync("shown-" + Guid.NewGuid().ToString("N"), phone, text, context.RequestAborted);
        context.Response.Headers.Location = "/sms/shown";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>A link in a message can be pressed, as on a phone.</summary>
    private static Html Linked(string text) => Html.All(text.Split(' ').Select(word => Uri.TryCreate(word, UriKind.Absolute, out Uri? link) && link.Scheme is ("http" or "https")
        ? Html.Of($"<a href=\"{word}\">{word}</a> ") : Html.Of($"{word} ")));
}
