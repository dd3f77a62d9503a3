using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>Number words of a language that puts hundreds, tens and units after one another, or with an "and" between them.</summary>
/// <param name="Units">0 … 19; 0 is never said inside a number.</param>
/// <param name="Tens">0 and 10 are empty, then 20 … 90.</param>
/// <param name="Hundreds">0 is empty, then 100 … 900.</param>
internal sealed record NumberWords(ImmutableArray<string> Units, ImmutableArray<string> Tens, ImmutableArray<string> Hundreds)
{
    /// <summary>Stands between the parts, and the units then come before the tens, as in Arabic: "100 and 4 and 40".</summary>
    public string? And { get; init; }

    /// <summary>One to three digits, without leading zeros.</summary>
    public string Spell(string digits)
    {
        var value = digits.Aggregate(0, (sum, digit) => sum * 10 + (digit - '0'));
        var below = value % 100;
        string[] words = below < 20
            ? [Hundreds[value / 100], below == 0 ? "" : Units[below]]
            : And is null ? [Hundreds[value / 100], Tens[below / 10], UnitOf(below)] : [Hundreds[value / 100], UnitOf(below), Tens[below / 10]];
        return string.Join(And is null ? " " : $" {And} ", words.Where(word => word.Length > 0));
    }

    private string UnitOf(int below) => below % 10 == 0 ? "" : Units[below % 10];
}
