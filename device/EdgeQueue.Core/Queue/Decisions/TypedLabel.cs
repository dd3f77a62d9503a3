using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// A numeric keypad has no letters: "42" stands for the one ticket of today with this number that the command can be meant
/// for. When it could be several, nobody is guessed.
/// </summary>
internal static class TypedLabel
{
    /// <summary>More digits than a label can have (<see cref="ServiceRules.Digits"/>).</summary>
    private const int MostDigits = 5;

    /// <param name="fits">Whether a visit is in a state that the command could be meant for.</param>
    /// <returns>Null: <paramref name="visit"/> is the one. A visit that does not fit is returned too, for the caller's own refusal.</returns>
    public static Refusal? Find(BranchState state, BranchRules rules, string typed, Func<Visit, bool> fits, out Visit visit)
    {
        visit = state.FindByLabel(typed)!;
        if (visit is not null)
        {
            return null;
        }

        var found = WithNumber(state, rules, typed);
        var fitting = found.Where(fits).ToList();
        if (fitting.Count > 1)
        {
            return Refusal.SeveralTickets(typed, fitting.Select(v => v.Label));
        }

        visit = (fitting is [var one] ? one : found.FirstOrDefault())!;
        return visit is null ? Refusal.UnknownLabel(typed) : null;
    }

    /// <summary>A look-up for each kind of label that the branch gives, not a walk through the visits.</summary>
    private static List<Visit> WithNumber(BranchState state, BranchRules rules, string typed) =>
        typed.Length is 0 or > MostDigits || !typed.All(char.IsAsciiDigit)
            ? []
            : [.. rules.Services.Values
                .Select(service => TicketLabel.Of(service.Prefix, int.Parse(typed, CultureInfo.InvariantCulture), service.Digits))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(state.FindByLabel).OfType<Visit>()];
}
