using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>What head office changes about alerts.</summary>
internal sealed class AlertForms(AlertStore store, AuditTrail audit, ReportsSettings settings, ReportPlaces places, AlertPage page)
{
    private const int LongestName = 80;

    /// <summary>Of a threshold, in its unit: a week in minutes, and more people than a hall holds.</summary>
    private const int Most = 100_000;

    public async Task<IResult> AcknowledgeAsync(long id, SignedIn who, HttpContext context)
    {
        if (await store.AcknowledgeAsync(id, who.Name, who.Sees, context.RequestAborted))
        {
            await audit.NoteAsync(context, Deeds.Acknowledged, $"alert {id.ToString(CultureInfo.InvariantCulture)}");
        }

        return Back(context);
    }

    public async Task<IResult> AddRuleAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        var typed = new TypedForm(await context.Request.ReadFormAsync(context.RequestAborted));
        string name = typed.Of("name");
        if (AlertKind.Find(typed.Of("kind")) is not { } kind || ReportScope.Of(typed.Of("scope")) is not { } scope || name.Length is 0 or > LongestName)
        {
            return await Wrong("A rule has a name of at most 80 characters, a kind, and the branches it watches.");
        }

        if (!await places.HaveAsync(scope, context.RequestAborted))
        {
            return await Wrong(ReportPlaces.NotThere);
        }

        if (Number(typed, "raiseAbove") is not { } above || Number(typed, "raiseSeconds") is not { } raise || Number(typed, "clearBelow") is not { } below || Number(typed, "clearSeconds") is not { } clear)
        {
            return await Wrong($"Thresholds and seconds are whole numbers from 0 to {Most.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (below == 0)
        {
            return await Wrong("Nothing is below 0, so such an alert would never end: 'clear below' is at least 1.");
        }

        if (below > above + 1)
        {
            return await Wrong("An alert is cleared at a value that does not raise it: 'clear below' is at most one more than 'raise above'.");
        }

        await audit.NoteAsync(context, Deeds.Changed, "an alert rule was added");
        return await store.AddRuleAsync(new(0, name, kind.Word, scope.ToString(), above * kind.Factor, raise, below * kind.Factor, clear), context.RequestAborted) is null
            ? await Wrong($"There are {AlertStore.MostRules} rules already; remove one first.") : Back(context);

        Task<IResult> Wrong(string sentence) => page.ShowAsync(who, context, new(null, typed.Refuse(sentence)));
    }

    public async Task<IResult> RemoveRuleAsync(long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Changed, $"alert rule {id.ToString(CultureInfo.InvariantCulture)} was removed");
        await store.RemoveRuleAsync(id, context.RequestAborted);
        return Back(context);
    }

    public async Task<IResult> AddRecipientAsync(long rule, SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        var typed = new TypedForm(await context.Request.ReadFormAsync(context.RequestAborted));
        (string channel, string target, string quiet) = (typed.Of("channel"), typed.Of("target"), typed.Of("quiet"));
        if (quiet.Length > 0 && QuietHours.Of(quiet) is null)
        {
            return await Wrong("Quiet hours are written as 21:00-07:00, or left empty.");
        }

        // Without its country somebody else's phone would ring, in another one.
        PhoneNumber? phone = channel == "sms" && (target.StartsWith('+') || target.StartsWith("00", StringComparison.Ordinal)) ? PhoneNumber.Of(target) : null;
        if (channel == "sms" ? phone is null : !NoticeOutbox.IsTarget(channel, target))
        {
            return await Wrong("A mailbox is written as name@example.org, a web hook as https://…, a phone number with + and its country code.");
        }

        await audit.NoteAsync(context, Deeds.Changed, $"a recipient of alert rule {rule.ToString(CultureInfo.InvariantCulture)} was added");
        return await store.AddRecipientAsync(new(0, rule, channel, phone is null ? target : "", null, quiet, settings.TimeZone, null), phone, context.RequestAborted)
            ? Back(context) : await Wrong($"There is no such rule, or it has {AlertStore.MostRecipients} recipients already.");

        Task<IResult> Wrong(string sentence) => page.ShowAsync(who, context, new(rule, typed.Refuse(sentence)));
    }

    public async Task<IResult> RemoveRecipientAsync(long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Changed, $"recipient {id.ToString(CultureInfo.InvariantCulture)} of an alert rule was removed");
        await store.RemoveRecipientAsync(id, context.RequestAborted);
        return Back(context);
    }

    private static long? Number(TypedForm typed, string field) =>
        long.TryParse(typed.Of(field), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= Most ? number : null;

    private static IResult Back(HttpContext context)
    {
        context.Response.Headers.Location = "/alerts";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
