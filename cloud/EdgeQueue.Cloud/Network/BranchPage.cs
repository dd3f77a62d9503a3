using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Network;

/// <summary>One branch, live: queues, counters, devices, last calls.</summary>
internal sealed class BranchPage(LiveDetails details, TimeProvider time)
{
    private const int WaitingShown = 40;

    /// <returns>Null: there is no such branch among those.</returns>
    public async Task<Page?> OfAsync(string name, SignedIn who, CancellationToken cancellation) => await PieceAsync(name, who.Sees, who.MayChange, cancellation) is { } piece
        ? new Page(piece.Title, Html.Of($"""<p class="small"><a href="/network">← All branches</a> · <a href="/network/{name}/configuration">Configuration</a> · <a href="/network/{name}/operators">Operators</a></p><div data-live="/network/{name}/live">{piece.Body}</div>"""), Place: "/network", Scripts: "live.js")
        : null;

    /// <summary>What is live of it.</summary>
    /// <param name="mayChange">With what leads to changing something.</param>
    public async Task<(string Title, Html Body)?> PieceAsync(string name, VisibleBranches sees, bool mayChange, CancellationToken cancellation)
    {
        if (await details.OfAsync(name, cancellation) is not var (row, live) || !sees.Has(row))
        {
            return null;
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        bool there = row.IsThere(now);
        // The branch's own time goes on while it is there; when it is away, everything stands as it was said last.
        long at = live.At + (there ? Math.Max(0, now - row.ReceivedAt) : 0);
        return (row.Title, Html.Of($"""
            <h1>{row.Title} {NetworkPage.State(row, there, now)}</h1>
            {Html.When(!there, $"<p class=\"bad\">The hub was last heard {Spans.Text(now - row.ReceivedAt)} ago. The branch serves on without the cloud; what is below is how it was then.</p>")}
            <div class="figures">
            {Figure(live.Waiting.ToString(CultureInfo.InvariantCulture), "waiting")}
            {Figure(row.LongestWaitMs(now) is { } longest ? Spans.Text(longest) : "–", "longest wait")}
            {Figure(live.OverTarget.ToString(CultureInfo.InvariantCulture), "over their target", live.OverTarget > 0)}
            {Figure(row.CountersOpen.ToString(CultureInfo.InvariantCulture), "counters open", row is { CountersOpen: 0, Waiting: > 0 })}
            {Figure(Clock(live, at), live.ClockTrusted ? "local time" : "local time, clock not trusted")}
            </div>
            {Faults(live)}
            <div class="grid">{Queues(live, at)}{Counters(live)}{Calls(live, at)}{Waiting(live, at, mayChange && there ? name : null)}{Devices(live, at)}</div>
            <p class="quiet small">Hub {live.Version}{Html.When(live.Image is not null, $", image {live.Image}")}, business day {live.Day}, event {live.Seq}</p>
            """));
    }

    private static Html Figure(string value, string words, bool bad = false) =>
        Html.Of($"<div class=\"figure\"><b{Html.When(bad, $" class=\"bad\"")}>{value}</b><span>{words}</span></div>");

    private static Html Faults(LiveMessage live) => live.Faults.Count == 0 ? Html.Empty : Html.Of($"""
        <section class="card"><h2>To see to</h2><ul>{live.Faults.Select(f => Html.Of($"<li><span class=\"pill bad\">{f.Code}</span> {f.Sentence}</li>"))}</ul></section>
        """);

    private static Html Queues(LiveMessage live, long at) => Html.Of($"""
        <section class="card broad"><h2>Queues</h2><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table>
        <thead><tr><th scope="col">Service<th scope="col" class="n">Waiting<th scope="col" class="n">Longest<th scope="col" class="n">Target<th scope="col" class="n">A ticket now</tr></thead>
        <tbody>{live.Services.Select(s => Html.Of($"""
            <tr><td>{Name(s.Names, s.Service)}<td class="n">{s.Waiting}<td class="n{(at - s.OldestSince > s.TargetMs ? " bad" : "")}">{(s.OldestSince is { } since ? Spans.Text(at - since) : "–")}<td class="n quiet">{Spans.Text(s.TargetMs)}<td class="n">{Minutes(s.Minutes)}</tr>
            """))}</tbody></table></div></section>
        """);

    private static Html Counters(LiveMessage live) => Html.Of($"""
        <section class="card"><h2>Counters</h2>{(live.Counters.Count == 0 ? Html.Of($"<p class=\"quiet\">None is configured.</p>") : Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Counter<th scope="col">State<th scope="col">Ticket<th scope="col">Operator</tr></thead>
        <tbody>{live.Counters.Select(c => Html.Of($"<tr><td class=\"label\">{c.Number}<td>{Phase(c)}<td class=\"label\">{c.Label}<td>{c.Operator}</tr>"))}</tbody></table></div>
        """))}</section>
        """);

    private static Html Phase(LiveCounter counter) => counter.Phase switch
    {
        CounterPhase.Closed => Html.Of($"<span class=\"pill off\">closed</span>"),
        CounterPhase.Paused => Html.Of($"<span class=\"pill warn\">paused</span> <span class=\"quiet small\">{counter.PauseReason}</span>"),
        CounterPhase.Idle => Html.Of($"<span class=\"pill\">free</span>"),
        CounterPhase.Called => Html.Of($"<span class=\"pill warn\">called</span>"),
        _ => Html.Of($"<span class=\"pill\">serving</span>"),
    };

    private static Html Calls(LiveMessage live, long at) => Html.Of($"""
        <section class="card"><h2>Last calls</h2>{(live.Calls.Count == 0 ? Html.Of($"<p class=\"quiet\">Nobody has been called since the hub started.</p>") : Html.Of($"""
        <table><tbody>{live.Calls.Select(c => Html.Of($"<tr><td class=\"label\">{c.Label}<td>counter {c.Number}<td class=\"n quiet\">{Spans.Text(at - c.At)} ago</tr>"))}</tbody></table>
        """))}</section>
        """);

    /// <param name="name">Of the branch, for the links that redirect somebody; null: without them.</param>
    private static Html Waiting(LiveMessage live, long at, string? name)
    {
        // Who is aside waits as well, only not just now.
        LiveVisit[] waiting = [.. live.Visits.Where(v => v.Ahead is not null), .. live.Visits.Where(v => v.Ahead is null && v.Counter is null)];
        Dictionary<string, string> names = live.Services.ToDictionary(s => s.Service, s => Name(s.Names, s.Service), StringComparer.Ordinal);
        int more = Math.Max(0, waiting.Length - WaitingShown) + live.MoreVisits;
        return Html.Of($"""
            <section class="card"><h2>Waiting</h2>{(waiting.Length == 0 ? Html.Of($"<p class=\"quiet\">Nobody waits.</p>") : Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Ticket<th scope="col">Service<th scope="col" class="n">Called in{Html.When(name is not null, $"<th scope=\"col\" aria-label=\"Redirect\">")}</tr></thead>
            <tbody>{waiting.Take(WaitingShown).Select(v => Html.Of($"""
                <tr><td class="label">{v.Label}<td>{names.GetValueOrDefault(v.Service, v.Service)}{Html.When(v.Operator is not null, $" <span class=\"quiet small\">for {v.Operator}</span>")}<td class="n">{(v.Ahead is not null ? Html.Of($"{Minutes(v.Minutes)}") : Aside(v, at))}{Html.When(name is not null, $"<td class=\"n\"><a href=\"/network/{name}/visits/{v.Visit}\" aria-label=\"Redirect {v.Label}\">Redirect</a>")}</tr>
                """))}</tbody></table></div>
            {Html.When(more > 0, $"<p class=\"quiet small\">and {more} more</p>")}
            """))}</section>
            """);
    }

    private static Html Aside(LiveVisit visit, long at) => Html.Of($"<span class=\"quiet aside\">aside{Html.When(visit.Until is not null, $", {Spans.Text((visit.Until ?? at) - at)} more")}</span>");

    private static Html Devices(LiveMessage live, long at) => Html.Of($"""
        <section class="card"><h2>Devices</h2>{(live.Units.Count == 0 ? Html.Of($"<p class=\"quiet\">None is configured.</p>") : Html.Of($"""
        <table><tbody>{live.Units.OrderBy(u => u.MissingSince is null).Select(u => Html.Of($"""
            <tr><td>{u.Unit}<td class="quiet small">{u.Role}{Html.When(u.Version is not null, $" {u.Version}")}{Html.When(u.Image is not null, $", image {u.Image}")}<td class="n">{(u.MissingSince is { } since ? Html.Of($"<span class=\"pill bad\">missing for {Spans.Text(at - since)}</span>") : Html.Of($"<span class=\"pill\">there</span>"))}</tr>
            """))}</tbody></table>
        """))}</section>
        """);

    private static string Name(IReadOnlyDictionary<string, string> names, string id) => names.GetValueOrDefault("en") ?? names.Values.FirstOrDefault() ?? id;

    private static string Minutes(ExpectedWait? wait) => wait is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{wait.P50}–{wait.P90} min");

    private static string Clock(LiveMessage live, long at) =>
        DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(live.Local + at - live.At, 0, 4_102_444_800_000)).ToString("HH:mm", CultureInfo.InvariantCulture);
}
