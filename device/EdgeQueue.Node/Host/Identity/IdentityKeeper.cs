namespace EdgeQueue.Node.Host.Identity;

/// <summary>
/// Renews this node's certificate when the registrar wants it: starts <c>edgequeue renew</c>, one at a time, and connects anew when it
/// has put a new certificate in place. Until then the connection goes on under the old one. A failure is tried again when the registrar
/// says it again, at least every hour.
/// </summary>
/// <param name="renew">Runs the tool; its exit code, 0: renewed.</param>
/// <param name="renewed">The identity's file is new.</param>
public sealed class IdentityKeeper(Func<Task<int?>> renew, Action renewed, NodeLog log)
{
    private int busy;

    /// <summary>From any thread; never waits.</summary>
    public void Wanted()
    {
        if (Interlocked.Exchange(ref busy, 1) == 0)
        {
            _ = Task.Run(RenewAsync);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            if (await renew() == 0)
            {
                log.Info(NodeEvent.IdentityRenewed, "the certificate is renewed; connecting with it");
                renewed();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }
}
