using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Head office sends "your documents are ready" for a list of cases.</summary>
internal sealed class ReadyPage(ReadyMessages messages, AuditTrail audit, SmsSettings settings)
{
    private const int LongestWhere = ReadyMessages.LongestWhere;

    public Page Show() => Of("", "", "Europe/Oslo", null);

    public async Task<IResult> SendAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string list = form["list"].ToString();
        string where = string.Concat(form["where"].ToString().Trim().Where(c => !char.IsControl(c)));
        string zone = form["zone"].ToString().Trim();
        (IReadOnlyList<ReadyCase> cases, IReadOnlyList<string> faults) = ReadyMessages.Read(list, form["language"].ToString());
        if (where.Length > LongestWhere || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            faults = [where.Length > LongestWhere ? $"What is said after the number has at most {LongestWhere} characters." : $"'{zone}' is no time zone like Europe/Oslo.", .. faults];
        }

        if (!settings.On)
        {
            faults = ["No provider is set: nothing could be sent, and no number is kept for it."];
        }

        if (faults.Count > 0)
        {
            // All or nothing: whoever mends a line sends the list again.
            return Of(list, where, zone, new(0, 0, faults));
        }

        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"documents ready: a list of {Counted.Of(cases.Count, "case", "cases")}"));
        ReadyOutcome outcome = await messages.AddAsync(cases, where, zone, context.RequestAborted);
        return Of(list, where, zone, outcome);
    }

    private Page Of(string list, string where, string zone, ReadyOutcome? outcome) => new("Documents", Html.Of($"""
        <p class="small"><a href="/sms">← Messages</a></p><h1>Documents are ready</h1>
        {Html.When(!settings.On, $"<p class=\"notice\">No provider is set: nothing is sent, and nothing is kept to be sent later. See the setting <code>sms.provider</code>.</p>")}
        {(outcome is null ? Html.Empty : outcome.Faults.Count > 0
            ? Html.Of($"<div class=\"notice\" role=\"alert\"><p>Nothing was sent. Mend these and send the list again.</p><ul>{outcome.Faults.Select(f => Html.Of($"<li>{f}</li>"))}</ul></div>")
            : Html.Of($"<p class=\"notice good\" role=\"status\">{Counted.Of(outcome.Added, "message goes", "messages go")} out. {Counted.Of(outcome.Before, "case was told before and is", "cases were told before and are")} not told again.</p>"))}
        <section class="card"><form method="post" action="/sms/ready">
        <label>Cases <span class="hint">One in each line: case number, phone number with +, language if you know it. At most {ReadyMessages.MostLines}.</span><textarea name="list" rows="10" required placeholder="2026-1234;+4791234567;nb">{(outcome is { Faults.Count: 0 } ? "" : list)}</textarea></label>
        <label>Where and when <span class="hint">Said after the case number, e.g. the branch and its hours.</span><input name="where" maxlength="{LongestWhere}" value="{where}"></label>
        <label>Language of lines without one <select name="language"><option value="en">English</option><option value="nb">norsk bokmål</option><option value="uk">українська</option><option value="ar">العربية</option></select></label>
        <label>Time zone <span class="hint">Nothing goes out in the quiet hours there.</span><input name="zone" required value="{zone}"></label>
        <div><button>Send</button></div></form></section>
        """), Place: "/sms");
}
