namespace EdgeQueue.EndToEnd.Support;

/// <summary>Tests that run a whole branch of fifteen processes and watch it work: one at a time.</summary>
[CollectionDefinition(nameof(WholeBranch))]
public sealed class WholeBranch;

/// <summary>Tests that run a whole branch and break something in it: one at a time, beside one that watches another branch.</summary>
[CollectionDefinition(nameof(BrokenBranch))]
public sealed class BrokenBranch;

/// <summary>Tests that hold a device to a tenth of a second: beside no other test.</summary>
[CollectionDefinition(nameof(Punctual), DisableParallelization = true)]
public sealed class Punctual;
