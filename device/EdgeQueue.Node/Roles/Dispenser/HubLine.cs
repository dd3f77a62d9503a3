using System.Text;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>The way to the hub through the node host.</summary>
public sealed class HubLine(NodeHost host, RoleLoop loop) : IHubLine
{
    /// <summary>A blink of the network is shorter than this; leased numbers are not spent on it.</summary>
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, PendingCommand> asked = new(StringComparer.Ordinal);

    public bool Present => host.Hub.Link == HubLink.Present;

    public bool MayAnswer => Present || (host.Hub.Last is not null && host.Time.GetElapsedTime(host.Hub.Since) < Blink);

    public void Ask(string id, Command command, Action<CommandResult> final)
    {
        var pending = host.Commands.Press(id, command, null, CommandSender.PressWanted);
        asked[id] = pending;
        loop.PostResult(pending.Final, result =>
        {
            if (asked.Remove(id))
            {
                final(result);
            }
        });
    }

    public void Forget(string id)
    {
        if (asked.Remove(id, out var pending))
        {
            host.Commands.Forget(pending);
        }
    }

    public void Withdraw(string id, Action<CommandResult> final) => loop.PostResult(host.Commands.Withdraw(id).Final, final);

    public string Envelope(string id, Command command) => Encoding.UTF8.GetString(host.Commands.Envelope(id, command, null).Span);

    public void Insist(string id, string envelope, Action<CommandResult> final) =>
        loop.PostResult(host.Commands.Insist(id, Encoding.UTF8.GetBytes(envelope)).Final, final);
}
