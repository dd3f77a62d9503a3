using System.Globalization;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>The rules on the page of the alerts, who is told, and the forms for new ones.</summary>
internal static class AlertRulePieces
{
    public static Html Of(IReadOnlyList<AlertRule> rules, IReadOnlyList<AlertRecipient> recipients, bool mayChange) => Html.Of($"""
        <h2 id="rules">Rules</h2>
        {(rules.Count == 0 ? Html.Of($"<section class=\"card empty\"><p class=\"quiet\">There is none yet: nobody is told of anything.</p></section>") : Html.Empty)}
        <div class="grid">{rules.Select(r => Rule(r, recipients.Where(to => to.Rule == r.Id), mayChange))}</div>
        {(!mayChange ? Html.Empty : Html.Of($"""
        <section class="card"><h2>A new rule</h2><form class="line fields" method="post" action="/alerts/rules">
        <label>Name <input name="name" maxlength="80" required></label>
        <label>Watches <select name="kind">{AlertKind.All.Select(k => Html.Of($"<option value=\"{k.Word}\">{k.Title} ({k.Unit})</option>"))}</select></label>
        <label>Branches <input name="scope" maxlength="2000" placeholder="all; region:North; branch:oslo"></label>
        <label>Raise above <input name="raiseAbove" inputmode="numeric" pattern="[0-9]+" value="0" required></label>
        <label>… for seconds <input name="raiseSeconds" inputmode="numeric" pattern="[0-9]+" value="60" required></label>
        <label>Clear below <input name="clearBelow" inputmode="numeric" pattern="[0-9]+" value="1" required></label>
        <label>… for seconds <input name="clearSeconds" inputmode="numeric" pattern="[0-9]+" value="60" required></label>
        <button>Add the rule</button></form></section>
        """))}
        <p class="small"><a href="/notices">What was told, and what is uncertain</a></p>
        """);

    private static Html Rule(AlertRule rule, IEnumerable<AlertRecipient> recipients, bool mayChange)
    {
        AlertKind kind = AlertKind.Find(rule.Kind) ?? AlertKind.All[0];
        return Html.Of($"""
            <section class="card"><h3>{rule.Name}</h3>
            <p>{kind.Title}, {(rule.Scope.Length == 0 ? "all branches" : rule.Scope)}: above {kind.Words(rule.RaiseAbove)} for {Seconds(rule.RaiseSeconds)}, until below {kind.Words(rule.ClearBelow)} for {Seconds(rule.ClearSeconds)}.</p>
            <ul class="told">{recipients.Select(to => Recipient(to, mayChange))}</ul>
            {(!mayChange ? Html.Empty : Html.Of($"""
            <details><summary>Tell somebody</summary><form method="post" action="/alerts/rules/{rule.Id}/recipients">
            <label>By <select name="channel"><option value="mail">mail</option><option value="hook">web hook</option><option value="sms">SMS</option></select></label>
            <label>To <input name="target" maxlength="500" required placeholder="name@example.org, https://…, +47…"></label>
            <label>Quiet hours <input name="quiet" maxlength="11" placeholder="21:00-07:00"></label>
            <button>Add</button></form></details>
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
