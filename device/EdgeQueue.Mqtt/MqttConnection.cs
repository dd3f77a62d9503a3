using System.Threading.Channels;
using EdgeQueue.Mqtt.Native;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Mqtt;

/// <summary>
/// <see cref="IMqttConnection"/> over libmosquitto 2.0. One thread at a time is at the library: the network thread, or, while that
/// waits for the socket, a publisher who hands over one publication. So the library's locks, its half-threaded modes and the
/// race between a PUBACK and the message id that publish has not returned yet do not exist here.
/// </summary>
public sealed class MqttConnection : IMqttConnection
{
    private readonly MqttOptions _options;
    private readonly TimeProvider _time;
    private readonly PublicationQueue _queue;
    private readonly CancellationTokenSource _disposing = new();

    // Unbounded as a type, bounded by the network thread that stops reading: a library callback cannot wait or refuse.
    private readonly Channel<MqttArrival> _arrivals;

    private readonly Lock _again = new();
    private Task? _running;
    private CancellationTokenSource? _session;
    private Action? _wake;
    private int _started;
    private MqttStatus _status;

    public MqttConnection(MqttOptions options, TimeProvider? time = null)
    {
        MqttRules.Check(options);
        _options = options;
        _time = time ?? TimeProvider.System;
        _arrivals = Channel.CreateUnbounded<MqttArrival>(
            new UnboundedChannelOptions { SingleWriter = true, AllowSynchronousContinuations = options.InlineArrivals });
        _queue = new PublicationQueue(options.OutboundCapacity);
        _status = new MqttStatus(false, null, 0, _time.GetTimestamp());
    }

    public MqttStatus Status => Volatile.Read(ref _status);

    public ChannelReader<MqttArrival> Arrivals => _arrivals.Reader;

    public Task RunAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("An MqttConnection runs once; make a new one.");
        }

        return _running = RunOnceAsync(cancellation);
    }

    public Task<PublishOutcome> PublishAsync(MqttPublication publication)
    {
        MqttRules.Check(publication);
        var waiting = new Publication(publication, _options.InlineArrivals);
        return _queue.TryAdd(waiting) is { } refused ? Task.FromResult(refused) : waiting.Outcome;
    }

    public void Reconnect()
    {
        lock (_again)
        {
            _session?.Cancel();
            _wake?.Invoke();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        if (_running is { } running)
        {
            // Its failure belongs to whoever awaits RunAsync.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _arrivals.Writer.TryComplete();
    }

    private async Task RunOnceAsync(CancellationToken cancellation)
    {
        using SafeFileHandle wake = Linux.CreateEvent();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposing.Token);
        using CancellationTokenRegistration waking = stop.Token.Register(() => Linux.Signal(wake));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Work, maxStackSize: 512 * 1024) { IsBackground = true, Name = $"mqtt {_options.ClientId}" }.Start();
        await ended.Task;

        void Work()
        {
            Exception? fault = null;
            try
            {
                KeepConnected(wake, stop.Token);
            }
            catch (Exception bug)
            {
                fault = bug;
            }

            _arrivals.Writer.TryComplete(fault);
            if (fault is null)
            {
                ended.SetResult();
            }
            else
            {
                ended.SetException(fault);
            }
        }
    }

    private void KeepConnected(SafeFileHandle wake, CancellationToken stop)
    {
        var backoff = new Backoff(_options.FirstRetry, _options.LongestRetry, Random.Shared);
        int generation = 0;
        string? told = null;
        while (!stop.IsCancellationRequested)
        {
            HostLookup lookup = HostLookup.Find(_options.Host, _options.ConnectTimeout, stop);
            string? failure = lookup.Failure;
            bool stood = false;
            bool again = false;
            foreach (string? bindAddress in lookup.BindAddresses)
            {
                using CancellationTokenSource leaving = Begin(wake, stop);
                var session = new MqttSession(_options, _time, _queue, _arrivals, wake, Status.LastFailure, leaving.Token);
                failure = session.Run(bindAddress, generation + 1, SetStatus);
                again = End(leaving);
                if (session.Stood is { } duration)
                {
                    stood = true;
                    generation++;
                    told = null;
                    if (duration >= _options.LongestRetry)
                    {
                        backoff.Reset();
                    }
                }

                if (stood || leaving.IsCancellationRequested)
                {
                    break;
                }
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }

            if (again)
            {
                continue;
            }

            if (!stood && failure is not null)
            {
                SetStatus(new(false, failure, generation, Status.Connected ? _time.GetTimestamp() : Status.Since));
                if (failure != told)
                {
                    told = failure;
                    _arrivals.Writer.TryWrite(new MqttConnectFailed(failure));
                }
            }

            stop.WaitHandle.WaitOne(backoff.Next());
        }
    }

    /// <summary>A session that <see cref="Reconnect"/> can end.</summary>
    private CancellationTokenSource Begin(SafeFileHandle wake, CancellationToken stop)
    {
        lock (_again)
        {
            _wake = () => Linux.Signal(wake);
            return _session = CancellationTokenSource.CreateLinkedTokenSource(stop);
        }
    }

    /// <returns>It was ended to connect again.</returns>
    private bool End(CancellationTokenSource session)
    {
        lock (_again)
        {
            (_session, _wake) = (null, null);
            return session.IsCancellationRequested;
        }
    }

    private void SetStatus(MqttStatus status) => Volatile.Write(ref _status, status);
}
