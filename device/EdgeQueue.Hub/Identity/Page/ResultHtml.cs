using System.Text;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using static EdgeQueue.Hub.Identity.Page.TechnicianHtml;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>What came of a button: the registrar's own sentences, or what the doctor found.</summary>
internal static class ResultHtml
{
    public static string Of(PageResult result, string token)
    {
        (DeskRequest asked, DeskAnswer answer) = (result.Asked, result.Answer);
        string title = asked.Verb switch
        {
            "claim" => "Accept a device",
            "replace" => $"Replace {asked.Node}",
            "revoke" => $"Revoke {asked.Node}",
            _ => $"How {asked.Node} is",
        };
        StringBuilder html = Begin(title);
        html.Append("<header><h1>").Append(Text(title)).Append("</h1><a href=\"/\">Back to all devices</a></header><main>");
        if (answer.Examined is { } examined)
        {
            foreach (ExaminedUnit unit in examined)
            {
                Unit(html, unit);
            }

            html.Append("<form method=post action=/doctor><input type=hidden name=").Append(PageDoor.TokenName).Append(" value=\"").Append(token)
                .Append("\"><input type=hidden name=node value=\"").Append(Text(asked.Node ?? "")).Append("\"><div class=row><button class=main>Look again</button></div></form>");
        }
        else
        {
            html.Append("<div class=\"note ").Append(answer.Done ? "good" : "bad").Append("\" role=status>");
            foreach (string line in answer.Lines)
            {
                html.Append("<p>").Append(Text(line)).Append("</p>");
            }

            html.Append("</div>");
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static void Unit(StringBuilder html, ExaminedUnit unit)
    {
        html.Append("<h2>").Append(Text($"{unit.Unit}, {unit.Role}")).Append("</h2><section class=card>");
        foreach (Finding finding in unit.Findings)
        {
            html.Append("<div class=finding>").Append(finding.Health switch
                {
                    Health.Well => "<span class=good>✓ well</span>",
                    Health.Soon => "<span class=busy>! soon</span>",
                    _ => "<span class=bad>✗ fault</span>",
                })
                .Append("<b>").Append(Text(finding.What)).Append("</b><span class=text>").Append(Text(finding.Sentence)).Append("</span>");
            if (finding.Advice is { } advice)
            {
                html.Append("<span class=\"advice soft\">→ ").Append(Text(advice)).Append("</span>");
            }

            html.Append("</div>");
        }

        html.Append("</section>");
    }
}

/// <summary>A button that was pressed, and what came of it. The code is not shown again.</summary>
internal sealed record PageResult(DeskRequest Asked, DeskAnswer Answer);
