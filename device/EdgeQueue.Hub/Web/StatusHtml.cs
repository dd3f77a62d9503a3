using System.Globalization;
using System.Net;
using System.Text;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using Phase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Hub.Web;

/// <summary>The status page: plain HTML, made here, without a script. It follows the reader's light or dark setting.</summary>
internal static class StatusHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e9ee);--soft:light-dark(#626b77,#9aa4b2);--page:light-dark(#f5f6f8,#14171c);
        --card:light-dark(#fff,#1d2229);--line:light-dark(#e1e5ea,#2c333d);--good:light-dark(#1a7f4b,#4cc38a);--bad:light-dark(#b3261e,#ff8b82);--busy:light-dark(#8a5a00,#f2b84b)}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,"Noto Sans",sans-serif}
        header{display:flex;flex-wrap:wrap;gap:.3rem 2rem;align-items:baseline;padding:1.2rem 1.5rem .4rem}h1{font-size:1.35rem;margin:0}
        header span{color:var(--soft)}main{display:grid;grid-template-columns:repeat(auto-fit,minmax(21rem,1fr));gap:1rem;padding:1rem 1.5rem 2rem}
        section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.1rem;overflow-x:auto}
        section.wide{grid-column:1/-1}h2{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:0 0 .5rem}
        table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.28rem .6rem .28rem 0;border-top:1px solid var(--line);vertical-align:top}
        th{border:0;font-weight:500;color:var(--soft)}td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}
        b.label{font-size:1.15rem;font-variant-numeric:tabular-nums}.good{color:var(--good)}.bad{color:var(--bad)}.busy{color:var(--busy)}.soft{color:var(--soft)}
        ul{margin:0;padding-inline-start:1.1rem}
        """;

    private const int WaitingShown = 100;

    public static string Of(HubPicture? picture, TimeSpan age)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text(picture?.Branch ?? "EdgeQueue hub")).Append("</title><style>").Append(Style).Append("</style>");
        if (picture is null)
        {
            return html.Append("<header><h1>EdgeQueue hub</h1><span>starting</span></header>").ToString();
        }

        Head(html, picture, age);
        html.Append("<main>");
        Faults(html, picture.Status);
        Counters(html, picture);
        Queues(html, picture);
        Calls(html, picture);
        Waiting(html, picture);
        Units(html, picture);
        return html.Append("</main></html>").ToString();
    }

    private static void Head(StringBuilder html, HubPicture picture, TimeSpan age)
    {
        BranchStatusMessage status = picture.Status;
        string clock = DateTime.UnixEpoch.AddMilliseconds(status.Local).ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture);
        html.Append("<header><h1>").Append(Text(picture.Branch)).Append("</h1>")
            .Append(picture.Connected ? "<span class=good>● broker connected</span>" : "<span class=bad>● no connection to the broker</span>")
            .Append(CultureInfo.InvariantCulture, $"<span>{status.Waiting} waiting</span><span>day {status.Day}</span><span>event {status.Seq}</span>")
            .Append("<span").Append(status.ClockTrusted ? ">" : " class=busy>").Append(clock).Append(status.ClockTrusted ? "" : " (clock not trusted)").Append("</span>")
            .Append(CloudWords(status))
            .Append("<span>").Append(Text(status.Version)).Append("</span>");
        if (status.Evacuating == true)
        {
            html.Append("<span class=bad>● evacuation: nobody is called until it is ended</span>");
        }

        if (age > TimeSpan.FromSeconds(7))
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=bad>the loop has been silent for {age.TotalSeconds:0} s</span>");
        }

        html.Append("</header>");
    }

    private static string CloudWords(BranchStatusMessage status) => status.Cloud is not { } cloud ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $"<span class={(cloud.Connected ? "good" : "busy")}>{(cloud.Connected ? "● cloud connected" : "○ cloud away, nothing is lost")}{(status.Seq > cloud.Stored ? $", {status.Seq - cloud.Stored} events to send" : "")}</span>");

    private static void Faults(StringBuilder html, BranchStatusMessage status)
    {
        if (status.Faults.Count + status.Missing.Count == 0)
        {
            return;
        }

        html.Append("<section class=wide><h2>To see to</h2><ul>");
        foreach (Fault fault in status.Faults)
        {
            html.Append("<li><span class=bad>").Append(Text(fault.Code)).Append("</span> ").Append(Text(fault.Sentence));
        }

        foreach (MissingUnit unit in status.Missing)
        {
            html.Append("<li><span class=bad>missing</span> ").Append(Text($"{unit.Node}/{unit.Unit} ({unit.Role}), for {Span(status.At - unit.SinceMs)}"));
        }

        html.Append("</ul></section>");
    }

    private static void Counters(StringBuilder html, HubPicture picture)
    {
        html.Append("<section><h2>Counters</h2><table><tr><th>Counter<th>State<th>Ticket<th>Operator<th class=n>Can call");
        foreach (CounterMessage counter in picture.Counters)
        {
            string colour = counter.Phase switch { Phase.Called => "busy", Phase.Serving => "good", _ => "soft" };
            string detail = counter.PauseReason is { } why ? $" ({why}{Planned(counter, picture)})" : counter is { Phase: Phase.Called, Times: > 1 } ? $" ({counter.Times}×)" : "";
            html.Append("<tr><td>").Append(Text(counter.Number)).Append("<td class=").Append(colour).Append('>')
                .Append(Text(counter.Phase.ToString().ToLowerInvariant() + detail)).Append("<td><b class=label>").Append(Text(counter.Label ?? ""))
                .Append("</b><td>").Append(Text(counter.Operator ?? "")).Append(CultureInfo.InvariantCulture, $"<td class=n>{counter.Waiting}");
        }

        html.Append("</table></section>");
    }

    // Over time is said and not acted on: a person ends a pause.
    private static string Planned(CounterMessage counter, HubPicture picture) => counter.PausedUntil is not { } until ? ""
        : until < picture.Status.At ? $", {Span(picture.Status.At - until)} over its time"
        : $", until {Clock(picture.Clock, new(until))[..5]}";

    private static void Queues(StringBuilder html, HubPicture picture)
    {
        html.Append("<section><h2>Queues</h2><table><tr><th>Service<th class=n>Waiting<th class=n>Longest<th class=n>Target<th class=n>A ticket now");
        foreach (QueuePicture queue in picture.Queues)
        {
            html.Append("<tr><td>").Append(Text(queue.Name)).Append(CultureInfo.InvariantCulture, $"<td class=n>{queue.Waiting}<td class=\"n{(queue.OldestMs > queue.TargetMs ? " bad" : "")}\">")
                .Append(queue.OldestMs is { } oldest ? Span(oldest) : "").Append("<td class=\"n soft\">").Append(Span(queue.TargetMs)).Append("<td class=n>")
                .Append(Predicted(picture.Waits?.Newcomers.GetValueOrDefault(new(queue.Service, null))));
        }

        html.Append("</table>");
        if (picture.Waits is { } waits)
        {
            html.Append("<p class=soft>").Append(Text(Quality(waits)));
            foreach (QueuePicture queue in waits.Services.Count > 1 ? picture.Queues : [])
            {
                if (waits.Services.TryGetValue(queue.Service, out ForecastQuality? quality))
                {
                    html.Append("<br>").Append(Text(ForecastText.Sentence(quality, queue.Name)));
                }
            }

            html.Append("</p>");
        }

        html.Append("</section>");
    }

    private static string Predicted(WaitPrediction? prediction) =>
        prediction is null ? "" : WaitBoard.Minutes(prediction) is not { } minutes ? "at once"
        : string.Create(CultureInfo.InvariantCulture, $"{minutes.P50}–{minutes.P90} min");

    private static string Quality(WaitBoard waits) =>
        waits.Futures == 0 ? "No waiting times yet: this branch has served too few people to learn from."
        : waits.Quality is not { } q
            ? string.Create(CultureInfo.InvariantCulture, $"Waiting times from {waits.Futures} futures, {waits.Fresh} of them since the last event; nobody was told one yet.")
        : ForecastText.Sentence(q);

    private static void Calls(StringBuilder html, HubPicture picture)
    {
        html.Append("<section><h2>Last calls, and why</h2><table>");
        foreach (ExplainedCall call in picture.Calls)
        {
            html.Append("<tr><td class=soft>").Append(Clock(picture.Clock, call.At)).Append("<td><b class=label>").Append(Text(call.Label))
                .Append("</b> → ").Append(Text(picture.Counters.FirstOrDefault(c => c.Counter == call.Counter)?.Number ?? call.Counter)).Append("<td>").Append(Text(Why(call)));
        }

        html.Append(picture.Calls.Count == 0 ? "<tr><td class=soft>none since the hub started" : "").Append("</table></section>");
    }

    private static string Why(ExplainedCall call)
    {
        CallReason why = call.Why;
        string beat = call.Beat.Count == 0 ? "" : $"; before {string.Join(", ", call.Beat)}";
        return $"{why.Rule}: waited {Span(why.WaitMs)} of {Span(why.TargetMs)}, priority {why.Priority}{(why.OverCap ? ", far over its target" : "")}, 1 of {why.Waiting}{beat}";
    }

    private static void Waiting(StringBuilder html, HubPicture picture)
    {
        html.Append("<section><h2>Waiting</h2><table><tr><th>Ticket<th>Service<th class=n>Waits<th class=n>Target<th class=n>Priority<th class=n>Called in");
        foreach (WaitingPicture visit in picture.Waiting.Take(WaitingShown))
        {
            html.Append("<tr><td><b class=label>").Append(Text(visit.Label)).Append("</b><td>").Append(Text(picture.Queues.FirstOrDefault(q => q.Service == visit.Service)?.Name ?? visit.Service))
                .Append(visit.Operator is { } person ? $" <span class=soft>for {Text(person)}</span>" : "")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n{(visit.WaitMs > visit.TargetMs ? " bad" : "")}\">{Span(visit.WaitMs)}<td class=\"n soft\">{Span(visit.TargetMs)}<td class=n>{visit.Priority}<td class=n>{Predicted(picture.Waits?.Visits.GetValueOrDefault(visit.Visit))}");
        }

        if (picture.Status.Waiting > WaitingShown)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=6 class=soft>and {picture.Status.Waiting - WaitingShown} more");
        }

        html.Append("</table>");
        if (picture.Parked > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=soft>{picture.Parked} put aside: ").Append(string.Join(", ", picture.Aside.Select(a =>
                    $"<b>{Text(a.Label)}</b> {(a.Until is { } until ? $"until {Clock(picture.Clock, new(until))[..5]}" : "until resumed")}")))
                .Append(picture.Parked > picture.Aside.Count ? ", …</p>" : "</p>");
        }

        html.Append("</section>");
    }

    private static void Units(StringBuilder html, HubPicture picture)
    {
        html.Append("<section><h2>Units</h2><table>");
        foreach (UnitPicture unit in picture.Units)
        {
            html.Append("<tr><td>").Append(Text(unit.Unit)).Append("<td class=soft>").Append(Text(unit.Role)).Append("<td>")
                .Append(unit.Online ? "<span class=good>there</span>" : "<span class=bad>not there</span>").Append("<td class=soft>").Append(Text(unit.Version ?? ""));
        }

        html.Append("</table></section>");
    }

    private static string Span(long milliseconds)
    {
        long seconds = Math.Max(0, milliseconds) / 1000;
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    private static string Clock(BranchClock clock, Moment at) =>
        DateTime.UnixEpoch.AddMilliseconds(clock.Local(at)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
