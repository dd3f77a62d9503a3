using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Publishing;

/// <summary>What stands on a ticket, made from the state.</summary>
internal static class TicketFace
{
    public static TicketResult Of(Visit visit, BranchConfiguration configuration, BranchState state) => new(
        visit.Number, visit.Label, visit.Service, visit.Segment, visit.Language, state.Ahead(visit), null,
        state.Clock.Trusted ? LocalTime(state, visit.TakenAt) : null,
        LinkOf(configuration, visit),
        state.Facts(visit.Number) is { IsAppointment: true, SlotAt: { } slot } ? LocalTime(state, slot) : null);

    private static string LocalTime(BranchState state, Moment at) =>
        DateTime.UnixEpoch.AddMilliseconds(state.Clock.Local(at)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <summary>What the QR code leads to.</summary>
    private static string LinkOf(BranchConfiguration configuration, Visit visit) => configuration.TicketLink
        .Replace("{branch}", configuration.Branch, StringComparison.Ordinal)
        .Replace("{visit}", visit.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{secret}", TicketSecret.Of(visit.Press), StringComparison.Ordinal)
        .Replace("{label}", Uri.EscapeDataString(visit.Label), StringComparison.Ordinal);
}
