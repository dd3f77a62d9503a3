using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>
/// What a node is for. Its constructor registers its views with the host and does nothing else; its work runs until
/// cancelled. An exception that leaves it ends the process, and systemd starts it anew.
/// </summary>
public interface IRole
{
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>A role that can show, say or print something as a test, for a technician far away.</summary>
public interface ITestableRole : IRole
{
    /// <summary>
    /// Does it when the branch does not need the device, and gives way when it does. What cannot be seen from here (did the hall hear it?)
    /// is asked in the sentence.
    /// </summary>
    Task<Finding> TryAsync(DoctorAsk ask, CancellationToken cancellation);
}
