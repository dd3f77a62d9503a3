using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>Keeps leased numbers in the store, so that there are some when the hub is away. On the role's loop.</summary>
public sealed class LeaseKeeper(UnitAddress self, DispenserStore store, IHubLine hub, NodeStatus status, NodeLog log)
{
    private bool asking;
    private bool connectedSince = true;
    private IReadOnlyList<string> services = [];

    /// <summary>The services that the buttons offer.</summary>
    public void Offer(IReadOnlyList<string> offered)
    {
        services = offered;
        Consider();
    }

    /// <summary>The hub is back: it is asked what it thinks that this store holds, once.</summary>
    public void HubIsBack()
    {
        connectedSince = true;
        Consider();
    }

    /// <summary>The next number for a service; null: none left.</summary>
    public (HeldBlock Block, int Number)? Next(string service) =>
        store.State.Blocks.FirstOrDefault(b => b.Service == service && b.Left > 0) is { } block ? (block, block.Next) : null;

    /// <summary>Asks for numbers when less than half a block is left of any service.</summary>
    public void Consider()
    {
        if (asking || !hub.Present || services.Count == 0 || !(connectedSince || services.Any(IsShort)))
        {
            return;
        }

        (asking, connectedSince) = (true, false);
        var id = CommandId.New();
        var remaining = services.ToDictionary(s => s, Left, StringComparer.Ordinal);
        var command = new LeaseNumbers(self.Node, self.Unit, store.State.Store!, remaining, default);
        hub.Insist(id, hub.Envelope(id, command), Take);
    }

    /// <summary>Called now and then: a refused lease is asked for again.</summary>
    public void TryAgain()
    {
        connectedSince |= services.Any(s => Left(s) == 0);
        Consider();
    }

    private bool IsShort(string service) =>
        store.State.Blocks.Where(b => b.Service == service).Select(b => b.Size).DefaultIfEmpty(0).Max() is var size
        && Left(service) * 2 < Math.Max(1, size);

    private int Left(string service) => store.State.Blocks.Where(b => b.Service == service).Sum(b => b.Left);

    private void Take(CommandResult result)
    {
        asking = false;
        if (result is Accepted { Reply.Lease: { } lease } && lease.Store == store.State.Store)
        {
            Keep(lease);
            return;
        }

        var why = result is Refused refused ? refused.Reply.Refusal!.Sentence : "the answer holds no lease for this store";
        log.Warn(DispenserEvent.LeaseRefused, $"no numbers for times without the hub: {why}");
        status.Fault("noOfflineNumbers", services.Any(s => Left(s) == 0)
            ? $"This dispenser has no numbers of its own for when the hub is away: {why}"
            : null);
    }

    private void Keep(LeaseResult lease)
    {
        var held = lease.Blocks.Select(b => new HeldBlock(
            b.Lease, b.Service, b.Prefix, b.Digits, b.First, b.Last,
            store.State.Blocks.FirstOrDefault(h => h.Lease == b.Lease)?.Next ?? b.First)).ToList();
        if (held.SequenceEqual(store.State.Blocks))
        {
            return;
        }

        try
        {
            // Durable before the first of them is used.
            store.Append(new NumbersHeld(held));
            log.Info(DispenserEvent.NumbersLeased, $"numbers for times without the hub: {string.Join(", ", held.Select(b => $"{b.Service} {b.Prefix}{b.Next}–{b.Prefix}{b.Last}"))}");
            status.Fault("noOfflineNumbers", null);
        }
        catch (IOException e)
        {
            log.Error(DispenserEvent.StoreFailed, e.Message);
        }
    }
}
