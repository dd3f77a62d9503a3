namespace EdgeQueue.Mqtt;

/// <summary>A publication on its way to the network thread and back.</summary>
/// <param name="inline">Whoever waits for the outcome may run on the network thread (<see cref="MqttOptions.InlineArrivals"/>).</param>
internal sealed class Publication(MqttPublication what, bool inline)
{
    private readonly TaskCompletionSource<PublishOutcome> _end = new(
        inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    public MqttPublication What { get; } = what;

    public Task<PublishOutcome> Outcome => _end.Task;

    public void End(PublishOutcome outcome) => _end.TrySetResult(outcome);
}

/// <summary>
/// From many publishers to the one network thread. Open only while the connection stands: the library must never be
/// asked to publish while it is down, because it answers with an error <em>and</em> sends the message later.
/// Bounded: a full queue refuses (<see cref="PublishOutcome.QueueFull"/>), it does not wait and does not drop.
/// </summary>
internal sealed class PublicationQueue(int capacity)
{
    /// <summary>
    /// Up to so many unanswered, a publisher writes to the socket itself: nobody else is to be woken first. Beyond it there is work
    /// for two threads, and the publisher goes on while the network thread encrypts.
    /// </summary>
    private const int Few = 8;

    private readonly Lock _lock = new();
    private List<Publication> _waiting = [];
    private List<Publication> _taken = [];
    private Action? _wake;
    private Func<bool>? _handOver;
    private int _unanswered;

    /// <summary>Queued or sent, and not answered yet.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <param name="wake">Called, from any thread, when the network thread does not know yet that something waits.</param>
    /// <param name="handOver">
    /// Called instead, by the publisher of what waits alone while little is unanswered: gives it to the library at once, on the
    /// publisher's thread. False when the network thread is at the library itself.
    /// </param>
    public void Open(Action wake, Func<bool> handOver)
    {
        lock (_lock)
        {
            (_wake, _handOver) = (wake, handOver);
        }
    }

    /// <summary>After this no publication is taken; what was queued and never handed to the library was not sent.</summary>
    public void Close()
    {
        List<Publication> unsent;
        lock (_lock)
        {
            (_wake, _handOver) = (null, null);
            (unsent, _waiting) = (_waiting, []);
        }

        foreach (Publication publication in unsent)
        {
            End(publication, PublishOutcome.NotConnected);
        }
    }

    /// <returns>Null when taken, else why not.</returns>
    public PublishOutcome? TryAdd(Publication publication)
    {
        Action? wake;
        Func<bool>? handOver;
        lock (_lock)
        {
            if (_wake is null)
            {
                return PublishOutcome.NotConnected;
            }

            if (Unanswered >= capacity)
            {
                return PublishOutcome.QueueFull;
            }

            int unanswered = Interlocked.Increment(ref _unanswered);
            _waiting.Add(publication);
            bool alone = _waiting.Count == 1;
            wake = alone ? _wake : null;
            handOver = alone && unanswered <= Few ? _handOver : null;
        }

        try
        {
            // Outside of the lock: the network thread would wake only to wait for it.
            if (handOver?.Invoke() != true)
            {
                wake?.Invoke();
            }
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile, and has answered what was in its queue.
        }

        return null;
    }

    /// <returns>What waits, if it waits alone, else null: several belong to several publishers, and their awaiters to the network thread.</returns>
    public Publication? TakeOnly()
    {
        lock (_lock)
        {
            if (_waiting.Count != 1)
            {
                return null;
            }

            Publication only = _waiting[0];
            _waiting.Clear();
            return only;
        }
    }

    /// <summary>All that wait, in order; the list is valid until the next call.</summary>
    public List<Publication> Take()
    {
        lock (_lock)
        {
            _taken.Clear();
            (_waiting, _taken) = (_taken, _waiting);
            return _taken;
        }
    }

    public void End(Publication publication, PublishOutcome outcome)
    {
        Interlocked.Decrement(ref _unanswered);
        publication.End(outcome);
    }
}
