using System.Threading.Channels;

namespace EdgeQueue.Hub.Loop;

/// <summary>A bell that arrivals on a channel ring, too. Waited for by one thread.</summary>
internal sealed class ArrivalBell<T>(ChannelReader<T> arrivals) : IDisposable
{
    private readonly Bell _bell = new();
    private Task<bool>? _waiting;

    /// <summary>From any thread.</summary>
    public void Ring() => _bell.Ring();

    /// <summary>
    /// Until something arrives, somebody rings or the time is over; at once when something is there. It may end earlier:
    /// whoever waits looks at everything before it waits again.
    /// </summary>
    /// <exception cref="Exception">The fault with which the channel ended.</exception>
    public void Wait(TimeSpan atMost)
    {
        if (arrivals.TryPeek(out _))
        {
            return;
        }

        if (_waiting is null || _waiting.IsCompleted)
        {
            _waiting = arrivals.WaitToReadAsync().AsTask();
            if (_waiting.IsCompleted)
            {
                // True: something came since the look above, and nothing will ring for it. False: the channel has ended.
                if (!_waiting.GetAwaiter().GetResult())
                {
                    _bell.Wait(atMost);
                }

                return;
            }

            _waiting.ContinueWith(
                static (_, bell) => ((Bell)bell!).Ring(), _bell, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        _bell.Wait(atMost);
    }

    public void Dispose() => _bell.Dispose();
}
