using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>What a technician asks of the registrar, one JSON line over its control socket.</summary>
/// <param name="Verb">claim, replace, revoke, waiting, nodes, doctor.</param>
/// <param name="Counter">Id or number.</param>
/// <param name="Unit">Of doctor: this one of the node's units; null: all.</param>
/// <param name="Try">Of doctor: also what people see and hear.</param>
public sealed record DeskRequest(
    string Verb, string? Code = null, string? Node = null, string? Role = null, string? Counter = null, string? Zone = null, string? Unit = null, bool Try = false);

/// <summary>The one line of answer.</summary>
/// <param name="Done">False: nothing was changed.</param>
/// <param name="Lines">For people.</param>
/// <param name="Examined">Of doctor: what was found, unit by unit.</param>
/// <param name="Waiting">Of waiting: the same as the lines, for programs.</param>
/// <param name="Nodes">Of nodes: the same as the lines, for programs.</param>
/// <param name="TurnedAway">Of waiting: addresses from which too many have asked.</param>
public sealed record DeskAnswer(
    bool Done, IReadOnlyList<string> Lines, IReadOnlyList<ExaminedUnit>? Examined = null, IReadOnlyList<AskingDevice>? Waiting = null,
    IReadOnlyList<KnownNode>? Nodes = null, IReadOnlyList<string>? TurnedAway = null);

/// <summary>A device that shows its code and waits to be accepted. The code is read from the device and is not here.</summary>
/// <param name="Model">As it says itself; may be empty.</param>
/// <param name="Seconds">For how long it has waited.</param>
public sealed record AskingDevice(string Model, string Address, IReadOnlyList<string> Roles, long Seconds);

/// <summary>A name that has, or had, a certificate from the registrar.</summary>
/// <param name="UntilMs">End of the certificate in use, milliseconds since 1970; null: all are revoked.</param>
/// <param name="Due">It is in the last third of its life and was asked to renew it.</param>
public sealed record KnownNode(string Name, long? UntilMs, bool Due);

/// <summary>What the doctor found at one unit; a unit that does not answer has that as its finding.</summary>
public sealed record ExaminedUnit(string Unit, string Role, IReadOnlyList<Finding> Findings);
