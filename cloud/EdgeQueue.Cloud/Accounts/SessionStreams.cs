namespace EdgeQueue.Cloud.Accounts;

/// <summary>A live stream goes on for hours: it ends within a minute of the session that it was opened by.</summary>
internal sealed class SessionStreams(Sessions sessions, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <param name="gone">When the client has gone.</param>
    /// <returns>When the client has gone or the session has ended.</returns>
    public CancellationToken While(SignedIn who, CancellationToken gone)
    {
        var until = CancellationTokenSource.CreateLinkedTokenSource(gone);
        CancellationToken token = until.Token;
        _ = WatchAsync(who, until);
        return token;
    }

    private async Task WatchAsync(SignedIn who, CancellationTokenSource until)
    {
        using (until)
        {
            try
            {
                while (await sessions.IsOpenAsync(who, until.Token))
                {
                    await Task.Delay(LookEvery, time, until.Token);
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or System.Data.Common.DbException)
            {
                // Gone; or nobody can say whether the session still is: the page asks again by itself.
            }

            await until.CancelAsync();
        }
    }
}
