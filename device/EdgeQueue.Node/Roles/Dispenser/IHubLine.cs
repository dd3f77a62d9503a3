using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>What the dispenser needs of the hub. Results are told on the role's loop.</summary>
public interface IHubLine
{
    /// <summary>An answer within a second is likely: the hub is there, or has been gone for less than two seconds.</summary>
    bool MayAnswer { get; }

    /// <summary>The hub is there, and with it its time.</summary>
    bool Present { get; }

    /// <summary>A customer's press. It is withdrawn when it stays unanswered; <paramref name="final"/> is the last word.</summary>
    void Ask(string id, Command command, Action<CommandResult> final);

    /// <summary>The press got a number from the store; its answer does not matter any more.</summary>
    void Forget(string id);

    /// <summary>Asks what became of a press of an earlier life.</summary>
    void Withdraw(string id, Action<CommandResult> final);

    /// <summary>The bytes of a command, to be kept.</summary>
    string Envelope(string id, Command command);

    /// <summary>Repeats these bytes until they are answered.</summary>
    void Insist(string id, string envelope, Action<CommandResult> final);
}
