using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>The part of a ticket's page that changes: the place, the minutes, the call.</summary>
internal sealed class TicketPiece(LiveDetails details, TimeProvider time)
{
    /// <param name="language">That the link or the browser says; the ticket's own when it is ''.</param>
    public async Task<Html> OfAsync(MobileTicketRow? ticket, string language, CancellationToken cancellation)
    {
        var words = MobileWords.In(language.Length > 0 ? language : ticket?.Language ?? "en");
        if (ticket is { Ended.Length: > 0 })
        {
            // The page loads itself again, with the question.
            return Html.Of($"<section class=\"card myticket over\" data-over><p class=\"label big\" dir=\"ltr\">{ticket.Label}</p><h1>{Heading(ticket, words)}</h1></section>");
        }

        if (ticket is null || await details.OfAsync(ticket.BranchName, cancellation) is not var (row, live))
        {
            return Html.Of($"""<section class="card myticket"><h1>{words.NotYet}</h1><p class="quiet">{words.NotYetNote}</p></section>""");
        }

        LiveVisit? visit = live.Visits.FirstOrDefault(v => v.Visit == ticket.Visit);
        string service = live.Services.FirstOrDefault(s => s.Service == ticket.Service) is { } offered
            ? LanguageChoice.Pick(offered.Names, words.Language, []) : ticket.Service;
        bool there = row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds());
        Html place = visit switch
        {
            { Counter: { } counter, Serving: true } => Html.Of($"<h1 data-served>{Say(words.Serving, counter)}</h1>"),
            { Counter: { } counter } => Html.Of($"<h1 data-called>{Say(words.Called, counter)}</h1>"),
            { Ahead: { } ahead } => Html.Of($"<h1>{(ahead == 0 ? words.Next : Say(words.Ahead, ahead))}</h1><p>{Wait(visit, words)}</p>"),
            { Until: { } until } => Html.Of($"<h1 data-aside>{Say(words.Aside, Clock(live, until))}</h1><p>{words.AsideNote}</p>"),
            // The journal was quicker than the branch's next word of how it is.
            null when live.MoreVisits == 0 => Html.Of($"<h1>{words.NotYet}</h1>"),
            _ => Html.Of($"<p data-aside>{words.Elsewhere}</p>"),
        };
        return Html.Of($"""
            <section class="card myticket{Html.When(visit is { Counter: not null, Serving: false }, $" called")}" role="status">
            <p class="quiet">{words.YourTicket}</p><p class="label big" dir="ltr">{ticket.Label}</p><p class="quiet">{service}</p>{place}</section>
            {Html.When(!there, $"<p class=\"notice\">{words.Away}</p>")}
            """);
    }

    public static string Heading(MobileTicketRow ticket, MobileWords words) => ticket.Ended switch
    {
        "Finished" => words.Over,
        "NoShow" => words.Missed,
        "Cancelled" => words.Left,
        _ => words.Gone,
    };

    public static string Say(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);

    private static string Wait(LiveVisit visit, MobileWords words) => visit.Minutes switch
    {
        { P90: 0 } => words.Soon,
        { } wait => Say(words.Minutes, wait.P50, Math.Max(wait.P90, wait.P50 + 1)),
        null => words.NoTime,
    };

    /// <summary>A moment of branch time as a clock on the wall there shows it.</summary>
    private static string Clock(LiveMessage live, long at) =>
        DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(live.Local + at - live.At, 0, 4_102_444_800_000)).ToString("HH:mm", CultureInfo.InvariantCulture);
}
