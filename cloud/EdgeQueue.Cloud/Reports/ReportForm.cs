using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Cloud.Reports;

/// <summary>What a report is asked for with: a form that is an address, so that a report can be kept and sent on.</summary>
internal static class ReportForm
{
    /// <summary>Branches in a list; beyond it a name is typed.</summary>
    private const int MostListed = 300;

    private static readonly (string Value, string Words)[] Kinds = [("day", "Day"), ("week", "Week"), ("month", "Month"), ("range", "From – to")];

    public static Html Of(ReportQuestion? asked, DateOnly today, IReadOnlyList<BranchPlace> branches, IReadOnlyList<string> regions)
    {
        string where = asked?.Scope.ToString() ?? "";
        string against = asked?.AgainstWord ?? "before";
        string kind = ReportQuestion.KindWord(asked?.Period.Kind ?? PeriodKind.Day);
        DateOnly from = asked?.Period.From ?? today;
        BranchPlace[] listed = branches.Count <= MostListed ? [.. branches.OrderBy(b => b.Title, StringComparer.OrdinalIgnoreCase)] : [];
        return Html.Of($"""
            <form class="line report" action="/reports">
            {(listed.Length > 0 || branches.Count == 0
                ? Html.Of($"<label>Branches <select name=\"where\"><option value=\"\">All branches</option>{Places(where, listed, regions)}</select></label>")
                : Html.Of($"<label>Branches <input name=\"where\" value=\"{where}\" maxlength=\"2000\" placeholder=\"branch name, or region:North\"></label>"))}
            <label>Period <select name="period">{Kinds.Select(k => Option(k.Value, k.Words, kind))}</select></label>
            <label>Day <input type="date" name="date" value="{from:yyyy-MM-dd}" min="2000-01-01" max="2199-12-31"></label>
            <label>To <input type="date" name="to" value="{(asked?.Period ?? ReportPeriod.Of(PeriodKind.Day, today)).To:yyyy-MM-dd}" min="2000-01-01" max="2199-12-31"></label>
            <label>Against <select name="against">{Option("before", "The period before", against)}{Option("none", "Nothing", against)}{Html.When(against is not ("before" or "none") && listed.Length == 0, $"{Option(against, against, against)}")}{Places(against, listed, regions)}</select></label>
            <button>Show</button>
            </form>
            """);
    }

    private static Html Places(string chosen, BranchPlace[] branches, IReadOnlyList<string> regions) => Html.Of($"""
        {(regions.Count > 0 ? Html.Of($"<optgroup label=\"Regions\">{regions.Select(r => Option("region:" + r, r, chosen))}</optgroup>") : Html.Empty)}
        {(branches.Length > 0 ? Html.Of($"<optgroup label=\"Branches\">{branches.Select(b => Option("branch:" + b.Name, b.Title, chosen))}</optgroup>") : Html.Empty)}
        """);

    private static Html Option(string value, string words, string chosen) => Html.Of($"<option value=\"{value}\"{Html.When(value == chosen, $" selected")}>{words}</option>");
}
