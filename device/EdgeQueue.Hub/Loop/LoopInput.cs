using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Loop;

/// <summary>What reaches the loop from inside the hub; everything else comes from the broker.</summary>
public abstract record LoopInput;

/// <summary>A checked configuration, to be applied between two commands.</summary>
/// <param name="Answer">
/// Of the cloud's: told null when it is in force and on the disk, else why it is not, and the one before stays in force. Null: the file was changed at the
/// branch, by somebody who knows what they do.
/// </param>
public sealed record ConfigurationRead(LoadedBranch Branch, Action<IReadOnlyList<string>?>? Answer = null) : LoopInput;

/// <summary>A fault outside the loop began, or ended (<paramref name="Fault"/> is null).</summary>
public sealed record FaultChanged(string Code, Fault? Fault) : LoopInput;

/// <summary>A snapshot was made off the loop; the next quiet commit writes it.</summary>
public sealed record SnapshotMade(SnapshotRow Row) : LoopInput;
