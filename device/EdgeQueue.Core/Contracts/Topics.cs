using System.Diagnostics.CodeAnalysis;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// All topics of the contract (DESIGN §7), built and parsed here and nowhere else. Root: <c>edgequeue/v1/{branch}/</c>.
/// Names (branch, node, unit, counter, zone) are 1 … 40 characters of <c>a-z 0-9 -</c>, beginning with a letter or digit,
/// so that a name can never hold a level separator or a wildcard (MQTT 5.0 §4.7).
/// </summary>
public sealed class Topics(string branch)
{
    public const int MaximumNameLength = 40;

    private const string AllBranches = "edgequeue/v1/";

    private readonly string root = $"{AllBranches}{Checked(branch)}/";

    public string Branch { get; } = branch;

    public string Command(UnitAddress from) => $"{root}cmd/{from.Node}/{from.Unit}";

    public string Reply(UnitAddress to) => $"{root}reply/{to.Node}/{to.Unit}";

    public string Counter(string counter) => $"{root}counter/{Checked(counter)}";

    public string Board(string zone) => $"{root}zone/{Checked(zone)}/board";

    public string Calls(string zone) => $"{root}zone/{Checked(zone)}/calls";

    public string Dispenser(UnitAddress unit) => $"{root}dispenser/{unit.Node}/{unit.Unit}";

    public string NodeStatus(UnitAddress unit) => $"{root}node/{unit.Node}/{unit.Unit}/status";

    /// <summary>Where the cloud tells the hub the bookings of the days ahead.</summary>
    public string Bookings => root + "bookings";

    /// <summary>Where the hub says which of them it holds.</summary>
    public string BookingsHeld => root + "bookings/held";

    /// <summary>At the cloud's broker: the configuration that the branch is to have, cloud to hub.</summary>
    public string Config => root + "config";

    /// <summary>At the cloud's broker: which one is in force, and why another is not, hub to cloud.</summary>
    public string ConfigHeld => root + "config/held";

    public string BranchStatus => root + "branch/status";

    /// <summary>What the device of this node is to install; retained.</summary>
    public string UpdateOrder(string node) => $"{root}update/{Checked(node)}/order";

    /// <summary>What it runs, and how far it is with that; retained.</summary>
    public string UpdateState(string node) => $"{root}update/{Checked(node)}/state";

    /// <summary>At the cloud's broker: the system images that the branch is to run, cloud to hub.</summary>
    public string Update => root + "update";

    /// <summary>At the cloud's broker: what came of it, hub to cloud.</summary>
    public string UpdateHeld => root + "update/held";

    /// <summary>At the cloud's broker: batches of journal events, hub to cloud.</summary>
    public string Events => root + "events";

    /// <summary>At the cloud's broker: how far they are stored, cloud to hub.</summary>
    public string Ack => root + "ack";

    /// <summary>At the cloud's broker: how the branch is just now, hub to cloud; the latest wins.</summary>
    public string Live => root + "live";

    /// <summary>At the cloud's broker: commands from outside, cloud to hub.</summary>
    public string CloudCommand => root + "cloud/cmd";

    /// <summary>At the cloud's broker: the answers to them, hub to cloud.</summary>
    public string CloudReply => root + "cloud/reply";

    /// <summary>What a replica of the cloud takes of all branches, each message by one replica only (MQTT 5.0 §4.8.2).</summary>
    public static IReadOnlyList<string> IngestSubscriptions { get; } =
        [$"$share/ingest/{AllBranches}+/events", $"$share/ingest/{AllBranches}+/live", $"$share/ingest/{AllBranches}+/bookings/held", $"$share/ingest/{AllBranches}+/cloud/reply",
         $"$share/ingest/{AllBranches}+/config/held", $"$share/ingest/{AllBranches}+/update/held"];

    /// <summary>Whose topic it is, among all branches; null: not of the contract.</summary>
    public static string? BranchOf(string topic)
    {
        if (!topic.StartsWith(AllBranches, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = topic.AsSpan(AllBranches.Length);
        int end = rest.IndexOf('/');
        return end > 0 && rest[..end].ToString() is var name && IsName(name) ? name : null;
    }

    /// <summary>Where a node asks for a new certificate.</summary>
    public string IdentityRequest(string node) => $"{root}identity/{Checked(node)}/request";

    /// <summary>Where the registrar says that a node's certificate ends before long; retained.</summary>
    public string IdentityRenew(string node) => $"{root}identity/{Checked(node)}/renew";

    /// <summary>Where the registrar answers a node's request.</summary>
    public string IdentityCertificate(string node) => $"{root}identity/{Checked(node)}/certificate";

    /// <summary>The requests of all nodes.</summary>
    public string IdentityRequests => root + "identity/+/request";

    /// <summary>Where a technician at the hub asks a unit how it is.</summary>
    public string DoctorAsk(UnitAddress unit) => $"{root}doctor/{unit.Node}/{unit.Unit}/ask";

    /// <summary>Where the unit answers.</summary>
    public string DoctorFindings(UnitAddress unit) => $"{root}doctor/{unit.Node}/{unit.Unit}/findings";

    /// <summary>The answers of all units.</summary>
    public string AllDoctorFindings => root + "doctor/+/+/findings";

    /// <summary>What a technician's ear needs: the heartbeat, what counters show, what units say of themselves.</summary>
    public IReadOnlyList<string> Shown => [BranchStatus, root + "counter/+", root + "node/+/+/status"];

    /// <summary>The answers to all units, and what all counters show.</summary>
    public IReadOnlyList<string> AnswersAndCounters => [root + "reply/+/+", root + "counter/+"];

    /// <summary>What the desk for updates listens to: who is there and at work, and what updaters say. Not commands.</summary>
    public IReadOnlyList<string> UpdateSubscriptions =>
        [root + "update/+/state", root + "update/+/order", root + "node/+/+/status", root + "counter/+", root + "dispenser/+/+", BranchStatus];

    /// <summary>What the hub listens to.</summary>
    public IReadOnlyList<string> HubSubscriptions =>
        [root + "cmd/+/+", root + "node/+/+/status", root + "branch/status",
         root + "counter/+", root + "zone/+/board", root + "zone/+/calls", root + "dispenser/+/+"];

    /// <summary>What kind of topic this is and whose; false for anything that is not this branch's contract.</summary>
    public bool TryParse(string topic, [NotNullWhen(true)] out TopicAddress? address)
    {
        address = null;
        if (!topic.StartsWith(root, StringComparison.Ordinal))
        {
            return false;
        }

        var levels = topic[root.Length..].Split('/');
        address = levels switch
        {
            ["cmd", var node, var unit] => OfUnit(TopicKind.Command, node, unit),
            ["reply", var node, var unit] => OfUnit(TopicKind.Reply, node, unit),
            ["dispenser", var node, var unit] => OfUnit(TopicKind.Dispenser, node, unit),
            ["node", var node, var unit, "status"] => OfUnit(TopicKind.NodeStatus, node, unit),
            ["doctor", var node, var unit, "ask"] => OfUnit(TopicKind.DoctorAsk, node, unit),
            ["doctor", var node, var unit, "findings"] => OfUnit(TopicKind.DoctorFindings, node, unit),
            ["identity", var node, "request"] => OfName(TopicKind.IdentityRequest, node),
            ["identity", var node, "renew"] => OfName(TopicKind.IdentityRenew, node),
            ["identity", var node, "certificate"] => OfName(TopicKind.IdentityCertificate, node),
            ["counter", var counter] => OfName(TopicKind.Counter, counter),
            ["zone", var zone, "board"] => OfName(TopicKind.Board, zone),
            ["zone", var zone, "calls"] => OfName(TopicKind.Calls, zone),
            ["bookings"] => new TopicAddress(TopicKind.Bookings, null, null),
            ["bookings", "held"] => new TopicAddress(TopicKind.BookingsHeld, null, null),
            ["update", var node, "order"] => OfName(TopicKind.UpdateOrder, node),
            ["update", var node, "state"] => OfName(TopicKind.UpdateState, node),
            ["update"] => new TopicAddress(TopicKind.Update, null, null),
            ["update", "held"] => new TopicAddress(TopicKind.UpdateHeld, null, null),
            ["config"] => new TopicAddress(TopicKind.Config, null, null),
            ["config", "held"] => new TopicAddress(TopicKind.ConfigHeld, null, null),
            ["events"] => new TopicAddress(TopicKind.Events, null, null),
            ["ack"] => new TopicAddress(TopicKind.Ack, null, null),
            ["live"] => new TopicAddress(TopicKind.Live, null, null),
            ["cloud", "cmd"] => new TopicAddress(TopicKind.CloudCommand, null, null),
            ["cloud", "reply"] => new TopicAddress(TopicKind.CloudReply, null, null),
            ["branch", "status"] => new TopicAddress(TopicKind.BranchStatus, null, null),
            _ => null,
        };
        return address is not null;
    }

    /// <summary>May this be a level of a topic, and so a name in the configuration?</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaximumNameLength }
        && name[0] is (>= 'a' and <= 'z') or (>= '0' and <= '9')
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static TopicAddress? OfUnit(TopicKind kind, string node, string unit) =>
        IsName(node) && IsName(unit) ? new TopicAddress(kind, new UnitAddress(node, unit), null) : null;

    private static TopicAddress? OfName(TopicKind kind, string name) =>
        IsName(name) ? new TopicAddress(kind, null, name) : null;

    private static string Checked(string name) => IsName(name)
        ? name
        : throw new ArgumentException($"'{name}' cannot be a level of a topic: use 1 to 40 of a-z, 0-9 and '-'.", nameof(name));
}

/// <summary>One configured role instance on a node (DESIGN §7).</summary>
public sealed record UnitAddress(string Node, string Unit)
{
    /// <summary>The MQTT client id, <c>node/unit</c>.</summary>
    public string ClientId => $"{Node}/{Unit}";

    public override string ToString() => ClientId;
}

/// <summary>Whose topic it is: a unit's, or a counter's or zone's by name.</summary>
public sealed record TopicAddress(TopicKind Kind, UnitAddress? Unit, string? Name);

/// <summary>The rows of the contract's table.</summary>
public enum TopicKind
{
    Command,
    Reply,
    Counter,
    Board,
    Calls,
    Dispenser,
    NodeStatus,
    BranchStatus,
    Bookings,
    BookingsHeld,
    Events,
    Ack,
    Live,
    IdentityRequest,
    IdentityRenew,
    IdentityCertificate,
    CloudCommand,
    CloudReply,
    Config,
    ConfigHeld,
    DoctorAsk,
    DoctorFindings,
    UpdateOrder,
    UpdateState,
    Update,
    UpdateHeld,
}
