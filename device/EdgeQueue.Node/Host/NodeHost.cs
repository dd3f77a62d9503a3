using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Node.Host;

/// <summary>
/// What every role stands on: the connection and its will, commands that are repeated until answered, retained state that
/// never goes back, the hub's heartbeat and time, and the unit's own status.
/// </summary>
public sealed class NodeHost : IDisposable
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(30);

    private readonly Func<MqttOptions, IMqttConnection> connect;
    private readonly List<IRetainedView> views = [];
    private readonly List<Func<bool>> signsOfLife = [];
    private readonly Dictionary<string, Func<MqttMessage, string?>> ears = new(StringComparer.Ordinal);
    private IMqttConnection? connection;
    private int publishingStatus;

    /// <param name="connect">Makes the connection; a test gives one of its own.</param>
    public NodeHost(NodeFile file, string version, Func<MqttOptions, IMqttConnection> connect, IBootClock boot, TimeProvider time, NodeLog log)
    {
        File = file;
        Time = time;
        Log = log;
        this.connect = connect;
        Address = new UnitAddress(file.Node, file.Unit.Unit);
        Topics = new Topics(file.Branch);
        Clock = new BranchTime(boot);
        Hub = new HubPresence(time);
        Status = new NodeStatus(file.Unit.Role, version, Seen, log, ImageVersion.Read());
        Commands = new CommandSender(Topics.Command(Address), Seen, PublishAsync, () => Clock.Certain, time, log);
    }

    public NodeFile File { get; }

    public UnitConfiguration Unit => File.Unit;

    public UnitAddress Address { get; }

    public Topics Topics { get; }

    public TimeProvider Time { get; }

    public NodeLog Log { get; }

    public SeenPosition Seen { get; } = new();

    public HubPresence Hub { get; }

    public BranchTime Clock { get; }

    public NodeStatus Status { get; }

    public CommandSender Commands { get; }

    /// <summary>Told after each connect, when everything is subscribed; must not block.</summary>
    public event Action? Connected;

    /// <summary>Registers for a topic of happenings; before the host runs.</summary>
    /// <param name="take">On the host's thread: it must not block. Null, or why it is not this topic's message.</param>
    public void Hear(string topic, Func<MqttMessage, string?> take) => ears.Add(topic, take);

    /// <summary>Registers for a retained topic; in the role's constructor, before the host runs.</summary>
    /// <param name="position">The message's (journal, seq).</param>
    /// <param name="changed">New state, or null when the topic was cleared. On the host's thread: post it to the role's loop.</param>
    public RetainedView<T> View<T>(string topic, Func<T, JournalPosition> position, Action<T?> changed)
        where T : class
    {
        var view = new RetainedView<T>(
            topic, position,
            state =>
            {
                changed(state);
                ReportUnknown();
            },
            Seen);
        views.Add(view);
        ReportUnknown();
        return view;
    }

    /// <summary>Says goodbye and connects again at once, with the certificate that lies there now. Commands under way are sent again.</summary>
    public void Reconnect() => connection?.Reconnect();

    /// <summary>The watchdog is fed only while all of these say yes; most roles give <see cref="RoleLoop.IsAlive"/>.</summary>
    public void AliveWhile(Func<bool> sign) => signsOfLife.Add(sign);

    /// <summary>Runs until cancelled, or until something fails that only a restart mends: then it throws.</summary>
    public async Task RunAsync(IRole role, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var opened = connect(Options());
        connection = opened;
        Hub.Changed += Report;
        Status.FaultsChanged += PublishStatus;
        var notify = new ServiceNotify(Time, Environment.GetEnvironmentVariable);
        Task[] all =
        [
            opened.RunAsync(stop.Token), DispatchAsync(opened, stop.Token), role.RunAsync(stop.Token), RepeatStatusAsync(stop.Token),
            new IdleMemory(Time).RunAsync(stop.Token),
        ];
        var watchdog = notify.RunAsync(() => signsOfLife.All(alive => alive()), stop.Token);

        // Whichever ends first ends all; none of them ends by itself unless something broke.
        var first = await Task.WhenAny(all);
        if (!cancellation.IsCancellationRequested && first.IsCompletedSuccessfully)
        {
            first = Task.FromException(new InvalidOperationException("A part of the node ended by itself."));
        }

        await stop.CancelAsync();
        await Task.WhenAll([.. all, watchdog]).ContinueWith(_ => { }, TaskScheduler.Default);
        await first.ContinueWith(t => t.IsFaulted ? t : Task.CompletedTask, TaskScheduler.Default).Unwrap();
    }

    public void Dispose() => Hub.Dispose();

    private MqttOptions Options() => new()
    {
        Host = File.Broker.Host,
        Port = File.Broker.Port,
        ClientId = Address.ClientId,
        // A display draws on the thread that brought the message, a keypad only posts: nothing there blocks. Printing and
        // speaking roles do more with a message than that.
        InlineArrivals = Unit.Display is not null || Unit.Keypad is not null,
        Tls = new MqttTls(File.Broker.Authority, File.Broker.Certificate, File.Broker.Key),
        Will = new MqttPublication(Topics.NodeStatus(Address), ContractJson.Write(Status.Will()), Retain: true),
        Subscriptions =
        [
            Topics.BranchStatus, Topics.Reply(Address), .. views.Select(v => v.Topic).Distinct(), .. ears.Keys,
        ],
    };

    /// <summary>As <see cref="IMqttConnection.PublishAsync"/>: once, and not at all while disconnected.</summary>
    public Task<PublishOutcome> PublishAsync(MqttPublication publication) =>
        connection?.PublishAsync(publication) ?? Task.FromResult(PublishOutcome.NotConnected);

    private async Task DispatchAsync(IMqttConnection from, CancellationToken cancellation)
    {
        try
        {
            await foreach (var arrival in from.Arrivals.ReadAllAsync(cancellation))
            {
                switch (arrival)
                {
                    case MqttConnected:
                        Log.Info(NodeEvent.Connected, $"connected to {File.Broker.Host}:{File.Broker.Port} as {Address}");
                        Hub.Connected(true);
                        PublishStatus();
                        Commands.Reconnected();
                        Connected?.Invoke();
                        break;
                    case MqttDisconnected gone:
                        Log.Warn(NodeEvent.Disconnected, $"disconnected: {gone.Reason}");
                        Hub.Connected(false);
                        break;
                    case MqttConnectFailed failed:
                        Log.Warn(NodeEvent.ConnectFailed, $"cannot connect: {failed.Reason}");
                        break;
                    case MqttMessage message:
                        Take(message);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private void Take(MqttMessage message)
    {
        string? fault = null;
        if (message.Topic == Topics.BranchStatus)
        {
            fault = TakeHeartbeat(message);
        }
        else if (message.Topic == Topics.Reply(Address))
        {
            if (ContractJson.TryRead<ReplyMessage>(message.Payload.Span, out var reply, out fault))
            {
                HubSpoke(reply.Journal, reply.Seq);
                if (!Commands.Take(reply))
                {
                    Status.Count("lateReplies");
                }
            }
        }
        else if (ears.TryGetValue(message.Topic, out var take))
        {
            fault = take(message);
        }
        else
        {
            foreach (var view in views.Where(v => v.Topic == message.Topic))
            {
                fault ??= view.Take(message.Payload);
            }
        }

        if (fault is not null)
        {
            Status.Count("malformed");
            Log.WarnOncePerMinute(NodeEvent.MalformedMessage, message.Topic, $"{message.Topic}: ignored, it is not this topic's message: {fault}");
        }
    }

    private string? TakeHeartbeat(MqttMessage message)
    {
        if (!ContractJson.TryRead<BranchStatusMessage>(message.Payload.Span, out var heartbeat, out var fault))
        {
            return fault;
        }

        if (heartbeat.Online)
        {
            HubSpoke(heartbeat.Journal, heartbeat.Seq);
        }

        Clock.Heard(heartbeat, Time.GetElapsedTime(message.ReceivedAt), message.Retained);
        Hub.Heard(heartbeat);
        return null;
    }

    private void HubSpoke(string journal, long seq)
    {
        if (Seen.HubSpoke(journal, seq))
        {
            Log.Info(NodeEvent.JournalChanged, $"the hub's journal is {journal}");
            views.ForEach(v => v.JournalChanged());
        }
    }

    /// <summary>
    /// A unit that does not know yet what it stands for can be connected and still refuse every key: it says so, and the
    /// branch is complete only when no unit says it.
    /// </summary>
    private void ReportUnknown()
    {
        var unknown = views.Where(v => !v.Known).Select(v => v.Topic).Distinct().ToList();
        Status.Fault(NodeStatusMessage.StateUnknown, unknown.Count == 0 ? null
            : $"{Address} waits for {string.Join(" and ", unknown)}. The hub sends it within seconds; if this stays, look whether the hub's configuration still has it.");
    }

    private void Report(HubLink link) => Log.Info(NodeEvent.HubLinkChanged, link switch
    {
        HubLink.Present => "the hub is there",
        HubLink.Stale => "the hub is silent",
        _ => "no connection to the hub",
    });

    private async Task RepeatStatusAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(StatusPeriod, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                PublishStatus();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>One at a time, and the last word is always the latest: a change meanwhile makes another round.</summary>
    private async void PublishStatus()
    {
        if (Interlocked.Increment(ref publishingStatus) > 1)
        {
            return;
        }

        int handled;
        do
        {
            handled = Volatile.Read(ref publishingStatus);
            await PublishAsync(new MqttPublication(Topics.NodeStatus(Address), ContractJson.Write(Status.Message(online: true)), Retain: true));
        }
        while (Interlocked.CompareExchange(ref publishingStatus, 0, handled) != handled);
    }
}
