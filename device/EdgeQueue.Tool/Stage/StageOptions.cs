using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Stage;

/// <summary>What to start, and where.</summary>
/// <param name="BranchFile">The branch configuration.</param>
/// <param name="Folder">Journal, certificates, device files and logs; made when it is not there.</param>
/// <param name="Hub">The hub's executable.</param>
/// <param name="Node">The node's executable.</param>
/// <param name="Panel">The panel's executable; null: somebody else plays the devices.</param>
/// <param name="PanelPort">0: any free port.</param>
/// <param name="HubPort">Port of the hub's pages; 0: any free port.</param>
/// <param name="BrokerConfig">Folder of <c>branch.conf</c> and <c>branch.acl</c>; null: the ones beside this program.</param>
internal sealed record StageOptions(
    string BranchFile, string Folder, string Hub, string Node, string? Panel = null, int PanelPort = 0, int HubPort = 0,
    string? BrokerConfig = null)
{
    /// <summary>The cloud's executable; null: the branch has none.</summary>
    public string? Cloud { get; init; }

    /// <summary>Port of the cloud's pages; 0: any free port.</summary>
    public int CloudPort { get; init; }

    /// <summary>More arguments for the hub, e.g. <c>--clock-file</c> in a test.</summary>
    public IReadOnlyList<string> HubArguments { get; init; } = [];

    /// <summary>Units whose program is started; null: all. The others are configured and have certificates, so that a test can play them.</summary>
    public Func<UnitAddress, bool>? Starts { get; init; }

    /// <summary>Bookings that the hub holds, made with the branch's key for phone numbers; null: none.</summary>
    public Func<LoadedBranch, byte[], IReadOnlyList<Booking>>? Bookings { get; init; }
}
