using System.Globalization;
using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Cloud.Reports;

/// <summary>What somebody asks for, from the address of the page.</summary>
/// <param name="Against">Null: nothing. Else the same period of other branches, or with <see cref="AgainstBefore"/> the period before of the same.</param>
internal sealed record ReportQuestion(ReportScope Scope, ReportPeriod Period, ReportScope? Against, bool AgainstBefore)
{
    /// <summary>Reads <c>where</c>, <c>period</c> (day, week, month, range), <c>date</c>, <c>to</c> (range) and <c>against</c> (before, none, or as where).</summary>
    /// <param name="today">At head office: what is shown when nothing is asked for.</param>
    /// <returns>Null: it cannot be understood.</returns>
    public static ReportQuestion? Of(IQueryCollection query, DateOnly today)
    {
        DateOnly? date = Day(query["date"], today);
        ReportPeriod? period = (query["period"].ToString(), date) switch
        {
            (_, null) => null,
            ("" or "day", { } day) => ReportPeriod.Of(PeriodKind.Day, day),
            ("week", { } day) => ReportPeriod.Of(PeriodKind.Week, day),
            ("month", { } day) => ReportPeriod.Of(PeriodKind.Month, day),
            ("range", { } day) => Day(query["to"], day) is { } to ? ReportPeriod.Range(day, to) : null,
            _ => null,
        };
        string against = query["against"].ToString();
        ReportScope? other = against is "" or "before" or "none" ? null : ReportScope.Of(against);
        return period is null || ReportScope.Of(query["where"]) is not { } scope || (other is null && against is not ("" or "before" or "none"))
            ? null : new(scope, period, other, against is "" or "before");
    }

    /// <summary>The same question as a query, with another period.</summary>
    public string Query(ReportPeriod? period = null)
    {
        ReportPeriod of = period ?? Period;
        string to = of.Kind == PeriodKind.Range ? string.Create(CultureInfo.InvariantCulture, $"&to={of.To:yyyy-MM-dd}") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"where={Uri.EscapeDataString(Scope.ToString())}&period={KindWord(of.Kind)}&date={of.From:yyyy-MM-dd}{to}&against={Uri.EscapeDataString(AgainstWord)}");
    }

    public string AgainstWord => AgainstBefore ? "before" : Against is { } other ? other.ToString() : "none";

    public static string KindWord(PeriodKind kind) => kind switch { PeriodKind.Day => "day", PeriodKind.Week => "week", PeriodKind.Month => "month", _ => "range" };

    private static DateOnly? Day(string? text, DateOnly otherwise) => string.IsNullOrEmpty(text) ? otherwise
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 2000 and < 2200 ? day : null;
}
