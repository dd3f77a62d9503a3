using EdgeQueue.Cloud.Accounts;

namespace EdgeQueue.Cloud.Pages;

/// <summary>The one frame around every page.</summary>
internal static class Layout
{
    /// <summary>Languages that are written from right to left, by their first part.</summary>
    private static readonly HashSet<string> RightToLeft = new(StringComparer.OrdinalIgnoreCase) { "ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb" };

    /// <summary>Head office's menu: a room that has a page there adds a line.</summary>
    private static readonly (string Path, string Words, Roles For)[] Menu =
    [
        ("/network", "Branches", Roles.All), ("/alerts", "Alerts", Roles.All), ("/versions", "Versions", Roles.All), ("/reports", "Reports", Roles.All), ("/survey", "Survey", Roles.All), ("/bookings", "Bookings", Office), ("/sms", "Messages", Office), ("/people", "People", Office),
        ("/regions", "Regions", Office), ("/accounts", "Accounts", Office), ("/keys", "API", Office), ("/audit", "Audit", Office),
    ];

    private const Roles Office = Roles.HeadOffice | Roles.Auditor;

    public static string Direction(string language) => RightToLeft.Contains(language.Split('-')[0]) ? "rtl" : "ltr";

    public static Html Of(Page page, StaticFiles files, SignedIn? who) => Html.Of($"""
        <!doctype html>
        <html lang="{page.Language}" dir="{Direction(page.Language)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{page.Title} · EdgeQueue</title>
        <link rel="icon" href="{files.Link("icon.svg")}" type="image/svg+xml">
        <link rel="stylesheet" href="{files.Link("site.css")}">
        {page.Scripts.Select(s => Html.Of($"<script src=\"{files.Link(s)}\" type=\"module\"></script>"))}
        </head>
        <body class="{(page.Audience == Audience.Customer ? "customer" : "office")}{Html.When(who is { MayChange: false }, $" looks")}">
        <a class="skip" href="#main">Skip to the content</a>
        {(page.Audience == Audience.HeadOffice ? Head(page, who) : Html.Empty)}
        <main id="main">
        {page.Body}
        </main>
        </body>
        </html>
        """);

    private static Html Head(Page page, SignedIn? who) => Html.Of($"""
        <header class="top">
        <a class="brand" href="/"><span class="mark" aria-hidden="true"></span>EdgeQueue</a>
        {(who is null ? Html.Empty : Html.Of($"""
        <nav aria-label="Head office">{Menu.Where(m => (m.For & who.Role) != 0).Select(m => Html.Of($"<a href=\"{m.Path}\"{Html.When(m.Path == page.Place, $" aria-current=\"page\"")}>{m.Words}</a>"))}</nav>
        <div class="who"><a href="/account"{Html.When(page.Place == "/account", $" aria-current=\"page\"")}>{who.Name}</a><form class="may" method="post" action="/sign-out"><button class="plain">Sign out</button></form></div>
        """))}
        </header>
        """);
}
