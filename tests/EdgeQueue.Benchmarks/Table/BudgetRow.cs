using System.Globalization;

namespace EdgeQueue.Benchmarks.Table;

/// <summary>One line of the table of DESIGN §12: what was measured, beside its limit of the same run.</summary>
/// <param name="Budget">As DESIGN §12 states it.</param>
/// <param name="Kept">Null: the row has no budget, it only explains another.</param>
internal sealed record BudgetRow(string What, string Measured, string Limit, string Ratio, string Budget, bool? Kept)
{
    public const string Header = """
        | what | measured | limit, same run | ratio | budget | |
        | --- | --- | --- | --- | --- | --- |
        """;

    public override string ToString() =>
        $"| {What} | {Measured} | {Limit} | {Ratio} | {Budget} | {(Kept is null ? "" : Kept.Value ? "kept" : "**OVER**")} |";

    public static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms");

    public static string Times(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ×");

    public static string Count(double value) => value.ToString("#,##0", CultureInfo.InvariantCulture);
}
