using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Hub.Publishing;

/// <summary>What a ticket's QR code leads to.</summary>
internal static class TicketLink
{
    public static string Of(BranchConfiguration configuration, long visit, string label) => configuration.TicketLink
        .Replace("{branch}", configuration.Branch, StringComparison.Ordinal)
        .Replace("{visit}", visit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{label}", Uri.EscapeDataString(label), StringComparison.Ordinal);
}
