using System.Globalization;
using System.Net;
using System.Text;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>
/// The page: who waits to be accepted, who is there, and the buttons. Plain HTML, made here; nearly everything in it comes from devices, so
/// all of it is encoded.
/// </summary>
internal static class TechnicianHtml
{
    public static string Page(ShownBranch shown, string token)
    {
        var html = Begin(shown.Branch + ": technician");
        Parts(html, shown, token, withClaim: true);
        return html.Append("</main><script src=\"/page.js\"></script></body></html>").ToString();
    }

    /// <summary>What changes by itself.</summary>
    public static string Parts(ShownBranch shown, string token)
    {
        var html = new StringBuilder();
        Parts(html, shown, token, withClaim: false);
        return html.ToString();
    }

    public static StringBuilder Begin(string title) => new StringBuilder()
        .Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        .Append(Text(title)).Append("</title><link rel=\"stylesheet\" href=\"/page.css\"></head><body>");

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Parts(StringBuilder html, ShownBranch shown, string token, bool withClaim)
    {
        Head(html, shown);
        html.Append(withClaim ? "<main>" : "");
        Waiting(html, shown);
        if (withClaim)
        {
            Claim(html, shown, token);
        }

        html.Append("<h2>Devices</h2><div class=cards>");
        foreach (ShownNode node in shown.Nodes)
        {
            Node(html, node, shown, token);
        }

        html.Append("</div>");
    }

    private static void Head(StringBuilder html, ShownBranch shown)
    {
        html.Append("<header id=head data-part><h1>").Append(Text(shown.Branch)).Append("</h1>");
        html.Append(shown switch
        {
            { Deaf: { } deaf } => $"<span class=busy>not known who is there: {Text(deaf)}</span>",
            { Status: null } => "<span class=busy>nothing has been heard from the hub</span>",
            { Status: { Online: true } status } => string.Create(
                CultureInfo.InvariantCulture,
                $"<span class=good>● hub is there</span><span class=soft>version {Text(status.Version)}</span><span class=soft>{DateTime.UnixEpoch.AddMilliseconds(status.Local):HH:mm}{(status.ClockTrusted ? "" : ", clock not trusted")}</span><span class=soft>{status.Waiting} waiting</span>"),
            _ => "<span class=bad>● hub is gone</span>",
        });
        html.Append("</header>");
    }

    private static void Waiting(StringBuilder html, ShownBranch shown)
    {
        html.Append("<section id=waiting data-part aria-live=polite><h2>New devices that wait to be accepted</h2>");
        if (shown.Silent is { } silent)
        {
            html.Append("<p class=\"note bad\">").Append(Text(silent)).Append("</p>");
        }

        if (shown.Waiting.Count == 0)
        {
            html.Append("<p class=\"note soft\">No device waits. A new device shows its code within seconds of finding this hub.</p>");
        }

        html.Append("<div class=cards>");
        foreach (AskingDevice device in shown.Waiting)
        {
            html.Append("<article class=\"card new\"><h3>").Append(Text(device.Model.Length == 0 ? "A device" : device.Model)).Append("</h3><p>")
                .Append(Text(string.Join(", ", device.Roles))).Append("</p><p class=soft>").Append(Text(device.Address))
                .Append(CultureInfo.InvariantCulture, $", for {Span(device.Seconds)}</p></article>");
        }

        html.Append("</div>");
        if (shown.TurnedAway.Count > 0)
        {
            html.Append("<p class=\"note busy\">Turned away within ten minutes, because too many ask from there or from all together: ")
                .Append(Text(string.Join(", ", shown.TurnedAway))).Append("</p>");
        }

        html.Append("</section>");
    }

    private static void Claim(StringBuilder html, ShownBranch shown, string token)
    {
        html.Append("<h2>Accept a device</h2><form method=post action=/claim class=\"card wide\" autocomplete=off>").Append(Hidden(token))
            .Append("<div class=fields>").Append(CodeField("claim-code"))
            .Append("<label for=claim-node>Its name<input id=claim-node name=node required maxlength=40 pattern=\"[a-z0-9][a-z0-9\\-]*\" placeholder=counter-5-display title=\"a-z, 0-9 and '-'\"></label>")
            .Append("<label for=claim-role>What it does<select id=claim-role name=role><option value=\"\">all that it can");
        foreach (string role in (string[])["display", "keypad", "dispenser", "audio"])
        {
            html.Append("<option>").Append(role);
        }

        html.Append("</select></label>").Append(Places("counter", "At counter", shown.Counters)).Append(Places("zone", "For zone", shown.Zones))
            .Append("</div><p class=soft>Type the eight digits that the device shows. Both sides compare them: a box between the device and this hub does not have the same. A code works once.</p>")
            .Append("<div class=row><button class=main>Accept this device</button></div></form>");
    }

    private static string Places(string name, string says, IReadOnlyList<ShownPlace> places)
    {
        var html = new StringBuilder($"<label for=claim-{name}>{says}<select id=claim-{name} name={name}><option value=\"\">none");
        foreach (ShownPlace place in places)
        {
            html.Append("<option value=\"").Append(Text(place.Id)).Append("\">").Append(Text(place.Name));
        }

        return html.Append("</select></label>").ToString();
    }

    private static void Node(StringBuilder html, ShownNode node, ShownBranch shown, string token)
    {
        // Named for the part's id; a name has nothing but a-z, 0-9 and '-'.
        bool ill = node.Units.Any(u => u.Status is { Faults.Count: > 0 } || (shown.Deaf is null && u.Role != "console" && u.Status is not { Online: true }));
        html.Append("<article id=\"node-").Append(Text(node.Name)).Append("\" data-part class=\"card").Append(ill ? " fault" : "").Append("\"><h3>").Append(Text(node.Name)).Append("</h3><ul class=plain>");
        foreach (ShownUnit unit in node.Units)
        {
            html.Append("<li>").Append(unit switch
                {
                    { Role: "console" } => "<span class=soft>○</span> ",
                    { Status: { Online: true } } => "<span class=good>● there</span> ",
                    _ when shown.Deaf is not null => "<span class=soft>○ not known</span> ",
                    _ => "<span class=bad>● missing</span> ",
                })
                .Append(Text(unit.Role)).Append(" <span class=soft>").Append(Text(unit.Unit)).Append(unit.Status is { } status ? ", version " + Text(status.Version) : "").Append("</span>");
            foreach (Fault fault in unit.Status?.Faults ?? [])
            {
                html.Append("<br><span class=bad>").Append(Text(fault.Sentence)).Append("</span>");
            }
        }

        html.Append(node.Units.Count == 0 ? "<li class=soft>not in the branch's configuration" : "").Append("</ul><p>").Append(Certificate(node.Certificate)).Append("</p>");
        Buttons(html, node, token);
        html.Append("</article>");
    }

    private static string Certificate(KnownNode? known) => known switch
    {
        null => "<span class=soft>Certificate made by hand, or none</span>",
        { UntilMs: null } => "<span class=bad>Certificate revoked</span>",
        { UntilMs: { } until, Due: var due } => string.Create(
            CultureInfo.InvariantCulture,
            $"<span class={(due ? "busy" : "soft")}>Certificate until {DateTimeOffset.FromUnixTimeMilliseconds(until):yyyy-MM-dd HH:mm}Z{(due ? ", to be renewed" : "")}</span>"),
    };

    private static void Buttons(StringBuilder html, ShownNode node, string token)
    {
        string name = Text(node.Name);
        html.Append("<div class=row>");
        if (node.Units.Count > 0)
        {
            html.Append($"<form method=post action=/doctor>{Hidden(token, name)}<button>Doctor</button></form>")
                .Append($"<form method=post action=/doctor>{Hidden(token, name)}<input type=hidden name=try value=yes><button title=\"Shows a pattern, says a phrase, prints a ticket\">Doctor with tests</button></form>")
                .Append($"<details><summary class=button>Replace…</summary><form method=post action=/replace autocomplete=off>{Hidden(token, name)}")
                .Append($"<p>The new device takes the name and place of {name}; the old one is revoked.</p>{CodeField("code-" + name)}<div class=row><button class=danger>Replace {name}</button></div></form></details>");
        }

        if (node.Certificate is not { UntilMs: null })
        {
            html.Append($"<details><summary class=button>Revoke…</summary><form method=post action=/revoke>{Hidden(token, name)}")
                .Append($"<p>For a device that was lost or stolen: {name} is cut off at once and does not come back.</p><div class=row><button class=danger>Revoke {name}</button></div></form></details>");
        }

        html.Append("</div>");
    }

    private static string CodeField(string id) =>
        $"<label for=\"{id}\">Code on the device<input id=\"{id}\" name=code class=code required inputmode=numeric maxlength=9 pattern=\"[0-9]{{4}} ?[0-9]{{4}}\" placeholder=\"0000 0000\" title=\"eight digits\" autocomplete=off></label>";

    private static string Hidden(string token, string? node = null) =>
        $"<input type=hidden name={PageDoor.TokenName} value=\"{token}\">{(node is null ? "" : $"<input type=hidden name=node value=\"{node}\">")}";

    private static string Span(long seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min");
}
