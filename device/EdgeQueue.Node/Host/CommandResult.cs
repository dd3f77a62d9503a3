using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>What is known of a command. The four are different things to the person who pressed, and are shown so.</summary>
public abstract record CommandResult;

/// <summary>The hub did it.</summary>
public sealed record Accepted(ReplyMessage Reply) : CommandResult;

/// <summary>The hub said no, with a reason; also the answer to a withdrawn press that it had never seen.</summary>
public sealed record Refused(ReplyMessage Reply) : CommandResult;

/// <summary>It left this node and no reply came in time. It is being withdrawn; the final answer follows.</summary>
public sealed record NotKnown : CommandResult;

/// <summary>Certainly nothing happened: not one byte of it left this node, and it never will.</summary>
public sealed record NotSent(string Reason) : CommandResult;
