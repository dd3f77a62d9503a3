using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Commands;

/// <summary>What a technician says about the events that are missing.</summary>
/// <param name="Seen">JOURNAL:EVENT, the highest that somebody has seen.</param>
/// <param name="Skip">Instead: how many events may have been lost.</param>
/// <param name="Last">The highest ordinary label of each prefix on paper.</param>
/// <param name="AcceptExhaustion">Even when a prefix has no number left then.</param>
/// <param name="DryRun">Only say what would be left.</param>
internal sealed record ForkWords(string? Seen, int? Skip, IReadOnlyList<string> Last, bool AcceptExhaustion, bool DryRun)
{
    /// <summary>
    /// Events that are taken as lost when only labels are said: more than any branch writes in some days. Visits and leases have
    /// numbers enough; tickets of prefixes that are not named have not, so the fork asks for them.
    /// </summary>
    public const int Unknown = 100_000;

    public bool SaysHowMany => Skip is >= 0 || Last.Count > 0;

    /// <summary>Letters, then figures: A057.</summary>
    public IReadOnlyList<PrefixLast>? Labels(out string? fault)
    {
        fault = null;
        var labels = new List<PrefixLast>();
        foreach (string label in Last)
        {
            string prefix = label.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (!int.TryParse(label.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                fault = $"--last {label}: give a label as it is on the paper, such as A057.";
                return null;
            }

            labels.Add(new PrefixLast(prefix.ToUpperInvariant(), number));
        }

        return labels;
    }
}
