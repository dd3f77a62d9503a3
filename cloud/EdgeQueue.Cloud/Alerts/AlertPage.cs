using System.Collections.Concurrent;
using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Network;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>What is open, live and sorted by trouble; what was; and by which rules.</summary>
internal sealed class AlertPage(AlertStore store, AlertBoard alerts, LiveBoard board, TimeProvider time, ILogger<AlertPage> log)
{
    /// <summary>More are begun anew: whoever watches an old one goes on watching it.</summary>
    private const int MostPieces = 1_000;

    private const int MostShown = 200;

    private readonly ConcurrentDictionary<string, Broadcast> _live = new(StringComparer.Ordinal);

    /// <summary>One for all who see the same branches.</summary>
    public Broadcast LiveOf(VisibleBranches sees)
    {
        if (_live.Count >= MostPieces)
        {
            _live.Clear();
        }

        return _live.GetOrAdd(sees.Key, _ => new(_ => Task.FromResult(Open(alerts.Open, sees).ToString()), time, log));
    }

    /// <param name="refused">A form of this page that cannot be kept as it is, shown again with what was typed.</param>
    public async Task<IResult> ShowAsync(SignedIn who, HttpContext context, RefusedAlertForm? refused = null)
    {
        CancellationToken gone = context.RequestAborted;
        bool office = (who.Role & (Roles.HeadOffice | Roles.Auditor)) != 0;
        IReadOnlyList<AlertRow> lately = await store.LatelyAsync(who.Sees, gone);
        // Who has just taken note sees it: from the database, not from what this replica knew two seconds ago.
        return new Page("Alerts", Html.Of($"""
            <h1>Alerts</h1>
            <div data-live="/alerts/live">{Open(await store.OpenAsync(who.Sees, gone), who.Sees)}</div>
            {(office ? NotTold(await store.UntoldAsync(gone)) : Html.Empty)}
            {(lately.Count == 0 ? Html.Empty : Lately(lately))}
            {(office ? AlertRulePieces.Of(await store.RulesAsync(gone), await store.RecipientsAsync(gone), who.IsHeadOffice, refused) : Html.Empty)}
            """), Place: "/alerts", Status: refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, Scripts: "live.js");
    }

    private Html Open(IReadOnlyList<AlertRow> all, VisibleBranches sees)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        AlertRow[] open = [.. all.Where(a => sees.Has(a.Branch, a.Region)).OrderBy(a => a.AcknowledgedAt > 0).ThenByDescending(a => AlertKind.Find(a.Kind)?.Weight ?? 0).ThenBy(a => a.RaisedAt)];
        AlertRow[] shown = [.. open.Take(MostShown)];
        return open.Length == 0
            ? Html.Of($"""<section class="card empty"><h2>Nothing is open</h2><p class="quiet">What a rule below raises appears here by itself.</p></section>""")
            : Html.Of($"""
                <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Open alerts"><table>
                <thead><tr><th scope="col">Branch<th scope="col">What<th scope="col" class="n">Now<th scope="col" class="n wide">When raised<th scope="col" class="n">Open for<th scope="col">Taken note</tr></thead>
                <tbody>{shown.Select(a => Row(a, now))}</tbody></table></div>
                {Html.When(open.Length > shown.Length, $"<p class=\"quiet small\">The {shown.Length} that need somebody most, of {open.Length}.</p>")}
                {Html.When(all.Count >= AlertStore.MostOpen, $"<p class=\"quiet small\">There are more open alerts than the {AlertStore.MostOpen} oldest, which this looks at.</p>")}</section>
                """);
    }

    private Html Row(AlertRow alert, long now)
    {
        AlertKind? kind = AlertKind.Find(alert.Kind);
        long? value = kind is not null && board.Find(alert.Name) is { } row ? kind.Of(row, now, 0, alerts.Stopped) : null;
        return Html.Of($"""
            <tr><td><a href="/network/{alert.Name}"><b>{alert.Title}</b></a><td><span class="pill {(alert.AcknowledgedAt > 0 ? "warn" : "bad")}">{kind?.Title ?? alert.Kind}</span> <span class="quiet small">{alert.RuleName}</span>
            <td class="n">{(value is { } known ? kind!.Words(known) : "–")}<td class="n wide">{kind?.Words(alert.Value)}<td class="n">{Spans.Text(now - alert.RaisedAt)}
            <td>{(alert.AcknowledgedAt > 0
                ? Html.Of($"<span class=\"quiet small\">{alert.AcknowledgedBy}, {At(alert.AcknowledgedAt)}</span>")
                : Html.Of($"<form method=\"post\" action=\"/alerts/{alert.Id}/acknowledge\"><button class=\"plain small\" aria-label=\"Take note of {kind?.Title} at {alert.Title}\">Take note</button></form>"))}</tr>
            """);
    }

    /// <summary>Somebody believes that they are told: what did not go out, beyond a limit too, stands here.</summary>
    private static Html NotTold(IReadOnlyList<Untold> untold) => untold.Count == 0 ? Html.Empty : Html.Of($"""
        <section class="card"><h2 class="bad">Not told, in the last 24 hours</h2><ul>{untold.Select(u => Html.Of($"<li>{u.Messages} by {u.Channel}: {u.Why}</li>"))}</ul>
        <p class="small"><a href="/sms">Messages</a> · <a href="/notices">Mails and web hooks</a></p></section>
        """);

    private static Html Lately(IReadOnlyList<AlertRow> over) => Html.Of($"""
        <section class="card"><h2>Over, in the last seven days</h2><div class="scroll" tabindex="0" role="region" aria-label="Alerts that are over"><table>
        <thead><tr><th scope="col">Branch<th scope="col">What<th scope="col" class="n">Worst<th scope="col" class="n">Raised<th scope="col" class="n">Open for<th scope="col">Taken note</tr></thead>
        <tbody>{over.Select(a => Html.Of($"""
            <tr><td>{a.Title}<td>{AlertKind.Find(a.Kind)?.Title ?? a.Kind} <span class="quiet small">{a.RuleName}</span><td class="n">{AlertKind.Find(a.Kind)?.Words(a.Worst)}<td class="n">{At(a.RaisedAt)}<td class="n">{Spans.Text(a.ClearedAt - a.RaisedAt)}
            <td class="quiet small">{(a.AcknowledgedAt > 0 ? $"{a.AcknowledgedBy}, {At(a.AcknowledgedAt)}" : "nobody")}</tr>
            """))}</tbody></table></div></section>
        """);

    private static string At(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
