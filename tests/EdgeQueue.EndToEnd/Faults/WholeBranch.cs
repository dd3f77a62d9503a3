namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Tests that run a whole branch of fifteen processes: one at a time, and beside no other test.</summary>
[CollectionDefinition(nameof(WholeBranch), DisableParallelization = true)]
public sealed class WholeBranch;
