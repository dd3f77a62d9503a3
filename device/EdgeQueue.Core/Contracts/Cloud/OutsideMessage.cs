using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>
/// On <c>cloud/cmd</c>, cloud to hub: a command from outside the branch. Sent again, byte for byte the same, until its reply comes on <c>cloud/reply</c>
/// (a <c>ReplyMessage</c> with the same id); the same id has one effect for ever (law 3).
/// </summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Id">128 random bits, 32 lower-case hexadecimal digits.</param>
/// <param name="WantedUntil">UTC, milliseconds since 1970: later it is refused with <c>tooLate</c>, because nobody waits for it any more.</param>
/// <param name="Command">IssueTicket or CheckIn (their press repeats the id), CancelVisit, Postpone or Redirect. Its time is set by the hub.</param>
public sealed record OutsideMessage(int V, string Id, long WantedUntil, Command Command);
