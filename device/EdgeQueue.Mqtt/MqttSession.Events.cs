using System.Runtime.ExceptionServices;
using EdgeQueue.Mqtt.Native;

namespace EdgeQueue.Mqtt;

/// <content>What the library calls back, on the network thread, from inside its read, write and publish.</content>
internal sealed partial class MqttSession : IMosquittoEvents
{
    private const int NoLocal = 0x04;
    private const int LogWarningOrError = 0x04 | 0x08;

    /// <summary>Some OpenSSL errors repeat; this many lines tell the story.</summary>
    private const int LogLimit = 6;

    private readonly List<MqttMessage> _early = [];
    private readonly List<string> _log = [];
    private readonly Dictionary<int, string> _subscribing = [];
    private ExceptionDispatchInfo? _fault;
    private int? _certificateError;
    private int? _refused;
    private int? _ended;
    private bool _accepted;

    unsafe void IMosquittoEvents.Connected(int reason)
    {
        if (reason != 0)
        {
            _refused = reason;
            return;
        }

        _accepted = true;
        foreach (string filter in options.Subscriptions)
        {
            int id;
            int result = LibMosquitto.Subscribe(_client, &id, filter, qos: 1, options.NoLocal ? NoLocal : 0, properties: 0);
            if (result != ReturnCode.Success)
            {
                throw new ArgumentException($"'{filter}' cannot be subscribed to: {MosquittoClient.Describe(result)}.");
            }

            _subscribing.Add(id, filter);
        }

        RiseWhenSubscribed();
    }

    void IMosquittoEvents.Subscribed(int id, ReadOnlySpan<int> granted)
    {
        if (!_subscribing.Remove(id, out string? filter))
        {
            return;
        }

        foreach (int reason in granted)
        {
            if (reason >= 128)
            {
                // mosquitto 2.0 with an acl_file grants every subscription and filters the messages instead; other
                // brokers, and mosquitto's dynamic security, refuse here.
                _end ??= FailureWords.SubscriptionRefused(filter, reason);
            }
        }

        RiseWhenSubscribed();
    }

    void IMosquittoEvents.Answered(int id, int reason)
    {
        // QoS 0 is called back too (from inside publish, before it returns); those were answered when they were handed over.
        if (_sent.Remove(id, out Publication? publication))
        {
            queue.End(publication, reason switch
            {
                < 128 and not 16 => PublishOutcome.Accepted,
                16 => PublishOutcome.NobodySubscribed,
                _ => PublishOutcome.Refused,
            });
        }
    }

    void IMosquittoEvents.Arrived(string topic, ReadOnlySpan<byte> payload, bool retained)
    {
        var message = new MqttMessage(topic, payload.ToArray(), retained, time.GetTimestamp());
        if (_upSince is null)
        {
            _early.Add(message);
        }
        else
        {
            arrivals.Writer.TryWrite(message);
        }
    }

    void IMosquittoEvents.Disconnected(int reason)
    {
        if (reason >= 128)
        {
            _ended = reason;
        }
    }

    void IMosquittoEvents.Logged(int level, string text, int? certificateError)
    {
        _certificateError ??= certificateError;
        if ((level & LogWarningOrError) != 0 && _log.Count < LogLimit)
        {
            _log.Add(text);
        }
    }

    void IMosquittoEvents.Faulted(Exception fault) => _fault ??= ExceptionDispatchInfo.Capture(fault);

    private unsafe void RiseWhenSubscribed()
    {
        if (_subscribing.Count > 0 || _end is not null || _upSince is not null)
        {
            return;
        }

        _upSince = time.GetTimestamp();
        // The library formats a log line per packet as long as somebody listens.
        LibMosquitto.OnLog(_client, null);
        queue.Open(() => Linux.Signal(wake), HandOverAtOnce);
        _setStatus(new(true, lastFailure, _generation, _upSince.Value));
        arrivals.Writer.TryWrite(new MqttConnected(_generation));
        foreach (MqttMessage message in _early)
        {
            arrivals.Writer.TryWrite(message);
        }

        _early.Clear();
    }

    /// <summary>The layer that knows best speaks: the broker, then TLS, then TCP, then the library.</summary>
    private string WhyFailed(int result, int errno)
    {
        if (_refused is { } refused)
        {
            return FailureWords.Refused(refused, options.ClientId);
        }

        if (_ended is { } ended)
        {
            return FailureWords.Disconnected(ended, options.ClientId);
        }

        return (options.Tls is null ? null : FailureWords.Tls(_log, _certificateError, options.Host, options.Tls.AuthorityFile))
            ?? FailureWords.Library(result, errno, options.Host, options.Port)
            + Hint(result);
    }

    /// <summary>mosquitto 2.0.11 closes without a word in both cases.</summary>
    private string Hint(int result) => (_tcpUp, _accepted, result) switch
    {
        (true, false, _) => " before it accepted us; its log says why",
        (true, true, ReturnCode.ConnectionLost) =>
            $": the broker was stopped, or another program has connected with the same client id '{options.ClientId}'",
        _ => "",
    };
}
