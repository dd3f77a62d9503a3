using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>A command on its way. Both tasks run their continuations on the thread pool, never on the network's thread.</summary>
public sealed class PendingCommand
{
    private readonly TaskCompletionSource<CommandResult> inTime = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommandResult> final = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal PendingCommand(string id) => Id = id;

    public string Id { get; }

    /// <summary>
    /// As soon as something can be shown: <see cref="Accepted"/>, <see cref="Refused"/>, <see cref="NotSent"/>, or, when the
    /// press was wanted no longer, <see cref="NotKnown"/>. Never completes before <see cref="Final"/> for a command
    /// that is not withdrawn.
    /// </summary>
    public Task<CommandResult> InTime => inTime.Task;

    /// <summary>The last word: <see cref="Accepted"/>, <see cref="Refused"/> or <see cref="NotSent"/>. May take days.</summary>
    public Task<CommandResult> Final => final.Task;

    internal bool IsFinal => final.Task.IsCompleted;

    internal void End(ReplyMessage reply) => End(reply.Refusal is null ? new Accepted(reply) : new Refused(reply));

    internal void End(CommandResult result)
    {
        inTime.TrySetResult(result);
        final.TrySetResult(result);
    }

    internal void TooLate() => inTime.TrySetResult(new NotKnown());
}
