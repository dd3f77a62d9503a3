using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Link;

/// <summary>The link stands (again): whoever has something to announce to the cloud does.</summary>
public sealed record CloudConnected : LoopInput;

/// <summary>The cloud holds an event of this journal that the journal does not.</summary>
/// <param name="Other">True: the journal has an event of that number, and it is another one.</param>
public sealed record CloudIsAhead(JournalPosition Stored, bool Other) : LoopInput;
