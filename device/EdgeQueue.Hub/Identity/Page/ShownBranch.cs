using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>A node as the page shows it: configured, certified, or both.</summary>
/// <param name="Certificate">Null: the registrar gave it none.</param>
internal sealed record ShownNode(string Name, IReadOnlyList<ShownUnit> Units, KnownNode? Certificate);

/// <param name="Status">Null: nothing was heard of it.</param>
internal sealed record ShownUnit(string Unit, string Role, NodeStatusMessage? Status);

/// <summary>A place where a device may stand.</summary>
internal sealed record ShownPlace(string Id, string Name);

/// <summary>Everything on the page at one moment.</summary>
/// <param name="Silent">Why the registrar does not answer; null: it does.</param>
/// <param name="Deaf">Why it is not known who is there; null: it is.</param>
internal sealed record ShownBranch(
    string Branch, BranchStatusMessage? Status, string? Silent, string? Deaf, IReadOnlyList<AskingDevice> Waiting, IReadOnlyList<string> TurnedAway,
    IReadOnlyList<ShownNode> Nodes, IReadOnlyList<ShownPlace> Counters, IReadOnlyList<ShownPlace> Zones);
