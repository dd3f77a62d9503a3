using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// A numeric keypad has no letters: "42" stands for the one ticket of today with this number that the command can be meant
/// for. When it could be several, nobody is guessed: the whole label can be typed, too, each letter of the prefix by its place in the
/// alphabet, so that C042 is "3042".
/// </summary>
internal static class TypedLabel
{
    /// <summary>More digits than a label can have (<see cref="ServiceRules.Digits"/>).</summary>
    private const int MostDigits = 5;

    /// <summary>As many as a keypad takes: a prefix of letters, each of two digits, and a number.</summary>
    private const int MostTyped = 12;

    /// <param name="fits">Whether a visit is in a state that the command could be meant for.</param>
    /// <returns>Null: <paramref name="visit"/> is the one. A visit that does not fit is returned too, for the caller's own refusal.</returns>
    public static Refusal? Find(BranchState state, BranchRules rules, string typed, Func<Visit, bool> fits, out Visit visit)
    {
        visit = state.FindByLabel(typed)!;
        if (visit is not null)
        {
            return null;
        }

        var found = OfNumber(rules, typed).Select(state.FindByLabel).OfType<Visit>().ToList();
        var fitting = found.Where(fits).ToList();
        if (fitting.Count > 1)
        {
            return Refusal.SeveralTickets(typed, fitting.Select(v => v.Label));
        }

        visit = (fitting is [var one] ? one : found.FirstOrDefault())!;
        return visit is null ? Refusal.UnknownLabel(typed) : null;
    }

    /// <summary>A whole label as a numeric keypad types it; null: its prefix has other letters than A to Z.</summary>
    public static string? InDigits(string label) =>
        label.All(char.IsAsciiLetterOrDigit) ? string.Concat(label.Select(DigitsOf)) : null;

    /// <summary>The labels that digits can stand for, in order: a look-up for each kind that the branch gives, not a walk through the visits.</summary>
    public static IReadOnlyList<string> OfNumber(BranchRules rules, string typed) =>
        typed.Length is 0 or > MostTyped || !typed.All(char.IsAsciiDigit)
            ? []
            : [.. rules.Services.Values.SelectMany(service => Labels(service, typed)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Labels(ServiceRules service, string typed)
    {
        if (typed.Length <= MostDigits)
        {
            yield return Label(service, typed);
        }

        if (InDigits(service.Prefix) is { Length: > 0 } prefix && typed.StartsWith(prefix, StringComparison.Ordinal)
            && typed.Length - prefix.Length is > 0 and <= MostDigits && Label(service, typed[prefix.Length..]) is var whole && InDigits(whole) == typed)
        {
            yield return whole;
        }
    }

    private static string Label(ServiceRules service, string number) =>
        TicketLabel.Of(service.Prefix, int.Parse(number, CultureInfo.InvariantCulture), service.Digits);

    private static string DigitsOf(char c) =>
        char.IsAsciiDigit(c) ? c.ToString() : (char.ToUpperInvariant(c) - 'A' + 1).ToString(CultureInfo.InvariantCulture);
}
