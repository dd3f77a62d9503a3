using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Publishing;

/// <summary>What a dispenser offers, made from the state. Never a lease: those are asked for.</summary>
internal static class DispenserFace
{
    /// <param name="closedBecause">The hub cannot give tickets, for this reason; null: it can.</param>
    public static DispenserMessage Of(
        UnitAddress address, DispenserConfiguration dispenser, LoadedBranch branch, LiveBranch live, Moment now,
        string? closedBecause, string journal, long seq)
    {
        BranchState state = live.State;
        BranchConfiguration configuration = branch.Configuration;
        string? closed = closedBecause ?? (state.Evacuating ? Refusal.Evacuating.Sentence : null);
        OpenCopy[] copies =
        [
            .. from order in live.Copies.At(address, now)
               let visit = state.Find(order.Visit)
               where visit is not null
               select new OpenCopy(order.At.Milliseconds, TicketFace.Of(visit, configuration, state) with { Ahead = 0 }),
        ];
        return new DispenserMessage(
            1, journal, seq, closed is null, closed, configuration.Name, configuration.Languages,
            [.. dispenser.Buttons.Select((button, index) => EntryOf(button, index + 1, branch, state, now))],
            configuration.TicketLink, copies.Length == 0 ? null : copies, OfferOf(configuration.CheckIn),
            state.Evacuating ? true : null);
    }

    private static CheckInOffer? OfferOf(CheckInConfiguration? own) => own is null ? null : new CheckInOffer(
        [.. own.By.Select(by => by switch { "phone" => CheckInBy.Phone, "token" => CheckInBy.Token, _ => CheckInBy.Number })],
        own.CountryCode, own.TrunkPrefix);

    private static MenuEntry EntryOf(ButtonConfiguration button, int number, LoadedBranch branch, BranchState state, Moment now)
    {
        ServiceConfiguration service = branch.Service(button.Service)!;
        Refusal? closed = state.WhyNoTickets(service.Id, now);
        return new MenuEntry(
            number, service.Id, button.Segment, button.Language, service.Name, service.Prefix, service.Digits,
            closed is null, state.WaitingFor(service.Id), closed?.Code);
    }
}
