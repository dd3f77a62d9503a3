using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// Tells nodes when to renew. The hub's machine is the only clock that counts, for it is the one by which the broker judges: nodes need
/// none. Retained, so that a node that was away hears it when it is back.
/// </summary>
internal sealed class RenewalReminders(
    Topics topics, BranchAuthority authority, RegistrarDesk desk, IMqttConnection connection, TimeSpan life, ILogger log, TimeProvider time)
{
    private readonly HashSet<string> _told = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        // Often enough that the last third of a certificate's life has many looks, and at least every hour.
        TimeSpan period = life / 100;
        using var timer = new PeriodicTimer(period > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : period < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await LookAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>Tells all whose certificate is in the last third of its life.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        List<RegisteredNode> due = await desk.AloneAsync(() => authority.Register.Nodes.Where(authority.IsDue).ToList(), cancellation);
        foreach (RegisteredNode node in due)
        {
            if (_told.Add(node.InUse!.Serial))
            {
                IdentityLog.RenewalWanted(log, node.Name);
            }

            _ = connection.PublishAsync(new MqttPublication(
                topics.IdentityRenew(node.Name), IdentityJson.Write(new RenewalWanted(1, node.InUse.Serial)), Retain: true));
        }
    }
}
