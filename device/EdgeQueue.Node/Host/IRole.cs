namespace EdgeQueue.Node.Host;

/// <summary>
/// What a node is for. Its constructor registers its views with the host and does nothing else; its work runs until
/// cancelled. An exception that leaves it ends the process, and systemd starts it anew.
/// </summary>
public interface IRole
{
    Task RunAsync(CancellationToken cancellation);
}
