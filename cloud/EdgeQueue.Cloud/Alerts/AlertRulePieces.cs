using System.Globalization;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>The rules on the page of the alerts, who is told, and the forms for new ones.</summary>
internal static class AlertRulePieces
{
    public static Html Of(IReadOnlyList<AlertRule> rules, IReadOnlyList<AlertRecipient> recipients, bool mayChange, RefusedAlertForm? refused) => Html.Of($"""
        <h2 id="rules">Rules</h2>
        {(refused?.Rule is { } rule && rules.All(r => r.Id != rule) ? refused.Typed.Refusal : Html.Empty)}
        {(rules.Count == 0 ? Html.Of($"<section class=\"card empty\"><p class=\"quiet\">There is none yet: nobody is told of anything.</p></section>") : Html.Empty)}
        <div class="grid">{rules.Select(r => Rule(r, recipients.Where(to => to.Rule == r.Id), mayChange, refused?.Recipient(r.Id)))}</div>
        {(mayChange ? NewRule(refused?.NewRule ?? TypedForm.Fresh) : Html.Empty)}
        <p class="small"><a href="/notices">What was told, and what is uncertain</a></p>
        """);

    private static Html NewRule(TypedForm typed) => Html.Of($"""
        <section class="card"><h2>A new rule</h2>{typed.Refusal}<form class="line fields" method="post" action="/alerts/rules">
        <label>Name <input name="name" maxlength="80" value="{typed.Of("name")}" required></label>
        <label>Watches <select name="kind">{AlertKind.All.Select(k => typed.Option("kind", k.Word, $"{k.Title} ({k.Unit})"))}</select></label>
        <label>Branches <input name="scope" maxlength="2000" value="{typed.Of("scope")}" placeholder="all; region:North; branch:oslo"></label>
        <label>Raise above <input name="raiseAbove" inputmode="numeric" pattern="[0-9]+" value="{typed.Of("raiseAbove", "0")}" required></label>
        <label>… for seconds <input name="raiseSeconds" inputmode="numeric" pattern="[0-9]+" value="{typed.Of("raiseSeconds", "60")}" required></label>
        <label>Clear below <input name="clearBelow" inputmode="numeric" pattern="[0-9]+" value="{typed.Of("clearBelow", "1")}" required></label>
        <label>… for seconds <input name="clearSeconds" inputmode="numeric" pattern="[0-9]+" value="{typed.Of("clearSeconds", "60")}" required></label>
        <button>Add the rule</button></form></section>
        """);

    private static Html NewRecipient(long rule, TypedForm typed) => Html.Of($"""
        <details{Html.When(typed.IsRefused, $" open")}><summary>Tell somebody</summary>{typed.Refusal}<form method="post" action="/alerts/rules/{rule}/recipients">
        <label>By <select name="channel">{typed.Option("channel", "mail", "mail")}{typed.Option("channel", "hook", "web hook")}{typed.Option("channel", "sms", "SMS")}</select></label>
        <label>To <input name="target" maxlength="500" value="{typed.Of("target")}" required placeholder="name@example.org, https://…, +47…"></label>
        <label>Quiet hours <input name="quiet" maxlength="11" value="{typed.Of("quiet")}" placeholder="21:00-07:00"></label>
        <button>Add</button></form></details>
        """);

    private static Html Rule(AlertRule rule, IEnumerable<AlertRecipient> recipients, bool mayChange, TypedForm? typed)
    {
        AlertKind kind = AlertKind.Find(rule.Kind) ?? AlertKind.All[0];
        return Html.Of($"""
            <section class="card"><h3>{rule.Name}</h3>
            <p>{kind.Title}, {(rule.Scope.Length == 0 ? "all branches" : rule.Scope)}: above {kind.Words(rule.RaiseAbove)} for {Seconds(rule.RaiseSeconds)}, until below {kind.Words(rule.ClearBelow)} for {Seconds(rule.ClearSeconds)}.</p>
            <ul class="told">{recipients.Select(to => Recipient(to, mayChange))}</ul>
            {(!mayChange ? Html.Empty : Html.Of($"""
            {NewRecipient(rule.Id, typed ?? TypedForm.Fresh)}
            <form class="line" method="post" action="/alerts/rules/{rule.Id}/remove"><button class="plain" aria-label="Remove the rule {rule.Name}">Remove the rule</button></form>
            """))}</section>
            """);
    }

    private static Html Recipient(AlertRecipient to, bool mayChange) => Html.Of($"""
        <li>{(to.Channel == "sms" ? to.Phone is { Length: > 4 } phone ? $"SMS to …{phone[^4..]}" : "SMS, the number was erased" : to.Target)}{Html.When(to.Quiet.Length > 0, $" <span class=\"quiet small\">not {to.Quiet}</span>")}
        {Html.When(mayChange, $"<form method=\"post\" action=\"/alerts/recipients/{to.Id}/remove\"><button class=\"plain small\" aria-label=\"Tell {(to.Channel == "sms" ? "this number" : to.Target)} no more\">×</button></form>")}</li>
        """);

    private static string Seconds(long seconds) => seconds >= 120 && seconds % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min") : string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
}
