using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>What the public pages of bookings have in common.</summary>
internal static class BookingFrame
{
    public static Page Of(BookingWords words, string heading, Html body, int status = 200, string[]? scripts = null) =>
        new(heading, body, Audience.Customer, words.Language, Status: status, Scripts: scripts ?? []);

    /// <summary>Where one is, and the same page in the branch's other languages.</summary>
    /// <param name="path">Of this page, to which the language is added.</param>
    public static Html Head(OfferedBranch branch, BookingWords words, string language, string path) => Html.Of($"""
        <header class="place"><p><a href="/book/{branch.Offer.Branch}?lang={language}">{branch.NameIn(language)}</a>{Html.When(branch.AddressIn(language).Length > 0, $"<span class=\"quiet\">{branch.AddressIn(language)}</span>")}</p>
        {(branch.Offer.Languages.Count > 1 ? Languages(branch.Offer.Languages, words, language, path) : Html.Empty)}</header>
        """);

    public static Html Languages(IReadOnlyList<string> languages, BookingWords words, string language, string path) => Html.Of($"""
        <nav class="languages" aria-label="{words.LanguageName}">{languages.Select(l =>
            Html.Of($"<a href=\"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={l}\" hreflang=\"{l}\" lang=\"{l}\"{Html.When(l == language, $" aria-current=\"true\"")}>{BookingWords.NameOf(l)}</a>"))}</nav>
        """);

    /// <summary>What and when, in large letters.</summary>
    public static Html Summary(OfferedBranch branch, OfferedService? service, BookingWords words, string language, long startsAt, string serviceId, string officer = "") =>
        service?.Calendar.LocalAt(startsAt) is { } local
            ? Html.Of($"""<p class="when"><b>{BookingWords.TimeOf(local)}</b> <span>{words.DateOf(local)}</span></p><p class="what">{service.NameIn(language)} · {branch.NameIn(language)}</p>{Html.When(officer.Length > 0, $"<p class=\"what\">{words.Say(words.With, officer)}</p>")}""")
            : Html.Of($"""<p class="what">{serviceId} · {branch.NameIn(language)}</p>""");

    /// <summary>A refusal's sentence, where one looks first.</summary>
    public static Html Notice(BookingWords words, BookingRefusal? refusal) => Html.When(
        refusal is not null, $"<p class=\"notice\" role=\"alert\">{(refusal is { } why ? words.Refusals[why] : "")}</p>");

    /// <summary>A button for each; they send <c>slot</c>.</summary>
    public static Html Slots(IEnumerable<FreeSlot> slots, string language, string action, string? officer = null) => Html.Of($"""
        <form method="post" action="{action}"><input type="hidden" name="lang" value="{language}">{Officer(officer)}
        <div class="choices times">{slots.Select(s => Html.Of(
            $"<button class=\"plain\" name=\"slot\" value=\"{s.Slot.StartsAt}\"{Html.When(s.Free == 0, $" disabled")}>{BookingWords.TimeOf(s.Slot.Local)}</button>"))}</div></form>
        """);

    /// <summary>The next free ones, with their days.</summary>
    public static Html Next(BookingWords words, IReadOnlyList<Slot> slots, string language, string action, string? officer = null) => slots.Count == 0 ? Html.Empty : Html.Of($"""
        <section class="card"><h2>{words.NextTimes}</h2><form method="post" action="{action}"><input type="hidden" name="lang" value="{language}">{Officer(officer)}
        <div class="choices next">{slots.Select(s => Html.Of(
            $"<button class=\"plain\" name=\"slot\" value=\"{s.StartsAt}\"><b>{BookingWords.TimeOf(s.Local)}</b> <span>{words.DateOf(s.Local)}</span></button>"))}</div></form></section>
        """);

    /// <summary>With whom, as a chosen slot is sent; null: nobody was to be chosen.</summary>
    private static Html Officer(string? officer) => Html.When(officer is not null, $"<input type=\"hidden\" name=\"officer\" value=\"{officer}\">");
}
