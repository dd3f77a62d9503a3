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
    private readonly Lock _lock = new();
    private List<Publication> _waiting = [];
    private List<Publication> _taken = [];
    private Action? _wake;
    private int _unanswered;

    /// <summary>Queued or sent, and not answered yet.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <param name="wake">Called, from any thread, when the network thread does not know yet that something waits.</param>
    public void Open(Action wake)
    {
        lock (_lock)
        {
            _wake = wake;
        }
    }

    /// <summary>After this no publication is taken; what was queued and never handed to the library was not sent.</summary>
    public void Close()
    {
        List<Publication> unsent;
        lock (_lock)
        {
            _wake = null;
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

            Interlocked.Increment(ref _unanswered);
            _waiting.Add(publication);
            wake = _waiting.Count == 1 ? _wake : null;
        }

        try
        {
            // Outside of the lock: the network thread would wake only to wait for it.
            wake?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile, and has answered what was in its queue.
        }

        return null;
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
