namespace EdgeQueue.Hub.Link;

/// <summary>
/// One session of the link after the other, with pauses that double between them. Whatever ends a session, a bug included, the next one is
/// tried: a branch serves people without the cloud, and an exception that left this thread would end the hub.
/// </summary>
/// <param name="session">Returns why it ended, and whether a connection stood.</param>
/// <param name="ended">Told before each pause; the exception when it ended by one.</param>
internal sealed class LinkSessions(
    TimeProvider time, Func<(string Reason, bool Stood)> session, Action<string, Exception?> ended, Action<TimeSpan> wait)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StoodWell = TimeSpan.FromSeconds(30);

    public void Run(Func<bool> over)
    {
        int failures = 0;
        while (!over())
        {
            long began = time.GetTimestamp();
            bool stood = false;
            string reason;
            Exception? broke = null;
            try
            {
                (reason, stood) = session();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                (reason, broke) = (e.Message, e);
            }

            if (over())
            {
                return;
            }

            failures = stood && time.GetElapsedTime(began) > StoodWell ? 0 : failures + 1;
            ended(reason, broke);
            wait(Pause(failures));
        }
    }

    /// <summary>Between half and all of a time that doubles: after an outage the branches do not all come at once.</summary>
    private static TimeSpan Pause(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestRetry.TotalMilliseconds, FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20))) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
