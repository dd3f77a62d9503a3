using System.Runtime.InteropServices;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Web;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Link;

/// <summary>
/// The hub's side of the link to the cloud, on a thread of its own below the others: it looks for new events in the journal five times a
/// second, so that the command loop does nothing for it. Without a cloud the journal keeps everything, for days.
/// </summary>
public sealed partial class CloudLink(
    CloudAddress options, string journalPath, Topics topics, HubPictures pictures, HubMetrics metrics, long stored, Action<LoopInput> post, ILogger log,
    TimeProvider time)
{
    private const int ProcessPriority = 0;
    private const int LowPriority = 10;

    private const string FaultCode = "cloudLink";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly LinkReports _reports = new(topics.BookingsHeld, topics.ConfigHeld, topics.UpdateHeld);
    private readonly BrokerWord _word = new(log);
    private readonly CommandRate _asked = new(time);
    private LinkState _state = LinkState.Before(stored);
    private ArrivalBell<MqttArrival>? _bell;
    private bool _stopped;
    private bool _faulty;

    public LinkState State => Volatile.Read(ref _state);

    /// <summary>From the loop: what is held of the bookings.</summary>
    public void Report(byte[] bookingsHeld) => Later(topics.BookingsHeld, bookingsHeld);

    /// <summary>From the loop: the answer to a command from outside.</summary>
    public void Reply(byte[] reply) => Later(topics.CloudReply, reply);

    public Task RunAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            // Of this thread alone (setpriority(2), NPTL); the runtime's own priorities do nothing on Linux.
            _ = SetPriority(ProcessPriority, 0, LowPriority);
            Work(stop);
            ended.SetResult();
        })
        {
            IsBackground = true, Name = "cloud link",
        }.Start();
        return ended.Task;
    }

    private void Later(string topic, byte[] bytes)
    {
        _reports.Add(topic, bytes);
        try
        {
            Volatile.Read(ref _bell)?.Ring();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended just now: it is said, or asked for again, on the next.
        }
    }

    private void Work(CancellationToken stop)
    {
        // Hubs of one cloud do not all begin with the same broker.
        int broker = Random.Shared.Next(options.Brokers.Count);
        var sessions = new LinkSessions(
            time,
            () =>
            {
                (string, int) next = options.Brokers[broker];
                broker = (broker + 1) % options.Brokers.Count;
                return (Session(next, out bool stood, stop), stood);
            },
            Ended,
            pause => stop.WaitHandle.WaitOne(pause));
        sessions.Run(() => stop.IsCancellationRequested || _stopped);
    }

    private void Ended(string reason, Exception? broke)
    {
        if (broke is not null)
        {
            reason = broke is JournalException ? reason : $"the link itself failed ({broke.GetType().Name}): {reason}";
            Faulty(reason);
        }

        if (State.Connected || State.Trouble != reason)
        {
            HubLog.CloudGone(log, reason);
        }

        Set(connected: false, reason);
    }

    /// <summary>Said as a fault of the hub until the cloud answers again.</summary>
    private void Faulty(string reason)
    {
        _faulty = true;
        post(new FaultChanged(FaultCode, new Fault(FaultCode, $"Nothing goes to the cloud, and it is tried again: {reason}")));
    }

    private void Mended()
    {
        if (_faulty)
        {
            _faulty = false;
            post(new FaultChanged(FaultCode, null));
        }
    }

    /// <returns>Why it ended.</returns>
    private string Session((string Host, int Port) broker, out bool stood, CancellationToken stop)
    {
        stood = false;
        using var source = new JournalOutbox(JournalReader.Open(journalPath));
        var uplink = new Uplink(source);
        var sayer = new LiveSayer(pictures);
        Set(connected: false, State.Trouble, $"{broker.Host}:{broker.Port}");
        var connection = new MqttConnection(ConnectionTo(broker, source), time);
        using var bell = new ArrivalBell<MqttArrival>(connection.Arrivals);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using CancellationTokenRegistration ringing = stop.Register(bell.Ring);
        Volatile.Write(ref _bell, bell);
        Task running = Task.WhenAll(connection.RunAsync(end.Token), FollowCertificateAsync(connection, end.Token));
        try
        {
            while (!stop.IsCancellationRequested)
            {
                bell.Wait(Look);
                while (connection.Arrivals.TryRead(out MqttArrival? arrival))
                {
                    switch (arrival)
                    {
                        case MqttConnected:
                            stood = true;
                            uplink.Ask();
                            sayer.Connected();
                            HubLog.CloudThere(log, State.Broker);
                            Set(connected: true, "the cloud has not answered yet");
                            SayWhatIsHeld();
                            break;
                        case MqttDisconnected gone:
                            return gone.Reason;
                        case MqttConnectFailed failed:
                            return failed.Reason;
                        case MqttMessage message:
                            Take(message, uplink);
                            break;
                    }

                    if (_stopped)
                    {
                        return State.Trouble!;
                    }
                }

                if (State.Connected)
                {
                    Say(connection, uplink, sayer);
                }
            }

            return "the hub stops";
        }
        finally
        {
            Volatile.Write(ref _bell, null);
            end.Cancel();
            running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Of bookings, configuration and system images: to a cloud that may not know, or not know any more.</summary>
    private void SayWhatIsHeld()
    {
        post(new CloudConnected());
        Configuration?.Connected();
        Updates?.Connected();
    }

    private void Say(MqttConnection connection, Uplink uplink, LiveSayer sayer)
    {
        TimeSpan now = time.GetElapsedTime(0);
        if (_word.TakeIsBack())
        {
            uplink.Ask();
            SayWhatIsHeld();
        }

        if (uplink.Due(now) is { } batch)
        {
            Publish(connection, topics.Events, batch);
        }

        if (sayer.Due(now) is { } live)
        {
            Publish(connection, topics.Live, live);
        }

        foreach ((string topic, byte[] bytes) in _reports.Due(now))
        {
            Publish(connection, topic, bytes);
        }
    }

    /// <summary>The broker's word is no answer; it only tells what to say about the silence.</summary>
    private void Publish(MqttConnection connection, string topic, byte[] bytes) => connection.PublishAsync(new(topic, bytes)).ContinueWith(
        (done, _) => Published(topic, bytes, done.Result),
        null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    private void Published(string topic, byte[] bytes, PublishOutcome outcome)
    {
        _word.Heard(topic, bytes.Length, outcome);
        _reports.Published(topic, bytes, outcome);
    }

    private void Take(MqttMessage message, Uplink uplink)
    {
        if (message.Topic == topics.Ack && LinkJson.TryRead(message.Payload.Span, out AckMessage? ack, out _))
        {
            Mended();
            long before = uplink.Lost;
            if (uplink.Answered(ack, time.GetElapsedTime(0)) is { } ahead)
            {
                // Nothing goes up any more: it would be taken for something else. The loop stops what gives numbers.
                _stopped = true;
                Set(connected: false, "the cloud holds other events than this journal");
                post(ahead);
            }
            else
            {
                if (uplink.Lost > before)
                {
                    HubLog.CloudLost(log, uplink.Lost - before, uplink.Stored);
                    SayWhatIsHeld();
                }

                Volatile.Write(ref _state, State with { Stored = uplink.Stored, Trouble = _word.Trouble });
            }
        }
        else if (message.Topic == topics.CloudCommand)
        {
            // A cloud gone wild is one more unit that says too much: it takes no time from the people in the branch.
            if (_asked.Count(OutsideIntake.From, known: true) == RateVerdict.Taken)
            {
                post(new OutsideAsked(message.Payload));
            }
            else
            {
                metrics.Rejected("tooMany", "cloud");
            }
        }
        else if (message.Topic == topics.Bookings && ContractJson.TryRead(message.Payload.Span, out BookingsMessage? bookings, out _) && bookings.V == 1)
        {
            post(new BookingsRead(bookings, EventSource.Cloud));
        }
        else if (message.Topic == topics.Config && LinkJson.TryRead(message.Payload.Span, out ConfigurationMessage? told, out _) && told.V == 1)
        {
            Configuration?.Told(told);
        }
        else if (message.Topic == topics.Update && UpdateJson.TryRead(message.Payload.Span, out UpdateWish? wish, out _) && wish.V == 1)
        {
            Updates?.Told(wish);
        }
    }

    private void Set(bool connected, string? trouble, string? broker = null) =>
        Volatile.Write(ref _state, State with { Connected = connected, Trouble = trouble, Broker = broker ?? State.Broker });

    private MqttOptions ConnectionTo((string Host, int Port) broker, JournalOutbox source) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        ClientId = topics.Branch + "/hub",
        Tls = options.TlsOf(topics.Branch),
        Subscriptions = [topics.Ack, topics.Bookings, topics.CloudCommand, topics.Config, topics.Update],
        KeepAlive = TimeSpan.FromSeconds(30),
        InlineArrivals = true,
        // Events, live and a few reports: more in flight is a broker that does not answer.
        OutboundCapacity = 64,
        MaximumPacketSize = 16 * 1024 * 1024,
        Will = new MqttPublication(topics.Live, LinkJson.Write(LiveFace.Gone(source.Journal, source.Last()))),
    };

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
