using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using EdgeQueue.Mqtt.Native;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Mqtt;

/// <summary>
/// One connection, from the first packet to the last, on the network thread. Each has a client object of its own that is
/// thrown away with it: the library would otherwise keep what was not acknowledged and send it after the reconnect,
/// long after its publisher was told <see cref="PublishOutcome.ConnectionLost"/>. It also reads renewed certificates.
/// </summary>
internal sealed partial class MqttSession(
    MqttOptions options,
    TimeProvider time,
    PublicationQueue queue,
    Channel<MqttArrival> arrivals,
    SafeFileHandle wake,
    string? lastFailure,
    CancellationToken stop)
{
    /// <summary>After a stop, publications already sent may still get their PUBACK before the goodbye.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads after a hang-up in which the library may still find the last packets, and the broker's reason.</summary>
    private const int HangUpLimit = 1000;

    /// <summary>Whoever is at the library. The network thread leaves it only to wait for the socket.</summary>
    private readonly Lock _turn = new();
    private readonly Dictionary<int, Publication> _sent = [];
    private MosquittoClient _client = null!;
    private Action<MqttStatus> _setStatus = null!;
    private int _generation;
    private long _began;
    private long? _upSince;
    private long? _stopSeen;
    private bool _saidGoodbye;
    private bool _tcpUp;
    private int _connectErrno;
    private int _hangUps;
    private long _lastRead;
    private string? _end;
    private bool _closed;

    /// <summary>How long the connection stood; null when it never did.</summary>
    public TimeSpan? Stood { get; private set; }

    /// <returns>Why it ended, in words.</returns>
    public string Run(string? bindAddress, int generation, Action<MqttStatus> setStatus)
    {
        _generation = generation;
        _setStatus = setStatus;
        _began = time.GetTimestamp();
        using (_client = MosquittoClient.Create(options.ClientId, options.CleanStart, this))
        {
            _end = SessionSetup.Apply(_client, options) ?? SessionSetup.Connect(_client, options, bindAddress, WhyFailed);
            _connectErrno = Marshal.GetLastPInvokeError();
            _turn.Enter();
            try
            {
                while (_end is null && _fault is null)
                {
                    HandOver();
                    SayGoodbyeWhenStopped();
                    Serve();
                    CheckLimits();
                }

                return Close();
            }
            finally
            {
                _turn.Exit();
            }
        }
    }

    private string Close()
    {
        _closed = true;
        string reason = _end ?? "internal fault";
        if (_upSince is { } since)
        {
            Stood = time.GetElapsedTime(since);
            _setStatus(new(false, reason, _generation, time.GetTimestamp()));
        }

        queue.Close();
        foreach (Publication publication in _sent.Values)
        {
            queue.End(publication, PublishOutcome.ConnectionLost);
        }

        if (_upSince is not null)
        {
            arrivals.Writer.TryWrite(new MqttDisconnected(reason));
        }

        _fault?.Throw();
        return reason;
    }

    /// <summary>Waits for the socket, a publisher or a limit, and lets the library do what can be done.</summary>
    private unsafe void Serve()
    {
        int socket = LibMosquitto.Socket(_client);
        if (_end is not null || socket < 0)
        {
            _end ??= _saidGoodbye ? "closed by this program" : WhyFailed(ReturnCode.ConnectionLost, 0);
            return;
        }

        bool reading = ShouldRead();
        bool writing = !_tcpUp || LibMosquitto.WantWrite(_client) != 0;
        short wanted = (short)((reading ? Linux.PollIn : 0) | (writing ? Linux.PollOut : 0));
        PollEntry* entries = stackalloc PollEntry[2];
        // While it is not read, a hang-up must not wake us again and again: then the socket is left out altogether.
        entries[0] = new PollEntry { Descriptor = wanted == 0 ? -1 : socket, Wanted = wanted };
        entries[1] = new PollEntry { Descriptor = (int)wake.DangerousGetHandle(), Wanted = Linux.PollIn };
        int milliseconds = reading ? WaitMilliseconds() : 2;
        _turn.Exit();
        int ready = Linux.Poll(entries, 2, milliseconds);
        int errno = Marshal.GetLastPInvokeError();
        _turn.Enter();
        if (ready < 0)
        {
            _end = errno == Linux.Interrupted ? null : FailureWords.Network(errno, options.Host, options.Port);
            return;
        }

        if (entries[1].Happened != 0)
        {
            Linux.Clear(wake);
        }

        short happened = entries[0].Happened;
        if (happened != 0 && !_tcpUp)
        {
            // Asked before the library touches the socket again: with TLS it would lose the reason. It may have done so
            // already while it began to connect; then the error is what that call left in errno.
            int error = Linux.SocketError(socket);
            bool failed = error != 0 || (happened & Linux.PollHangUp) != 0;
            _tcpUp = !failed;
            _end = failed ? FailureWords.Network(error != 0 ? error : _connectErrno, options.Host, options.Port) : null;
        }

        // Read before write: a broker that refuses our certificate says so in a TLS alert and closes; writing into the
        // closed connection first would bring "reset" instead of the reason.
        if (_end is null && reading && (happened & ~Linux.PollOut) != 0 && LibMosquitto.Socket(_client) >= 0)
        {
            _lastRead = time.GetTimestamp();
            Check(LibMosquitto.LoopRead(_client, 1));
        }

        if (_end is null && (happened & Linux.PollOut) != 0 && LibMosquitto.Socket(_client) >= 0)
        {
            Check(LibMosquitto.LoopWrite(_client, 1));
        }

        if (_end is null && LibMosquitto.Socket(_client) >= 0)
        {
            Check(LibMosquitto.LoopMisc(_client));
        }

        // The library goes on with a TLS handshake, and reports success, when the other side has hung up in it.
        if ((happened & (Linux.PollHangUp | Linux.PollError)) != 0 && reading && ++_hangUps > HangUpLimit && _end is null)
        {
            _end = WhyFailed(ReturnCode.ConnectionLost, 0);
        }
    }

    /// <summary>
    /// Not while too many arrivals wait; except one read every third of the keep-alive, so that neither side takes the
    /// other for dead; and except that a PUBACK which somebody awaits lies behind the messages that are on the way
    /// already: a window of them at most, and as many again that our acknowledgements have called forth meanwhile.
    /// </summary>
    private bool ShouldRead()
    {
        int waiting = arrivals.Reader.Count + _early.Count;
        if (waiting < options.InboundCapacity)
        {
            return true;
        }

        if (waiting >= (4 * options.InboundCapacity) + (4 * SessionSetup.Window))
        {
            _end = $"this program has not taken {waiting} arrivals; the connection is given up rather than memory";
            return false;
        }

        return (queue.Unanswered > 0 && waiting < options.InboundCapacity + (2 * SessionSetup.Window))
            || time.GetElapsedTime(_lastRead) >= options.KeepAlive / 3;
    }

    /// <summary>The library's keep-alive counts whole seconds; a quarter of one is often enough for it.</summary>
    private int WaitMilliseconds() => _upSince is null || _stopSeen is not null ? 20 : 250;

    private void SayGoodbyeWhenStopped()
    {
        if (!stop.IsCancellationRequested || _end is not null)
        {
            return;
        }

        if (_upSince is null)
        {
            _end = "stopped while connecting";
            return;
        }

        if (_stopSeen is null)
        {
            _stopSeen = time.GetTimestamp();
            queue.Close();
        }

        TimeSpan waited = time.GetElapsedTime(_stopSeen.Value);
        if (!_saidGoodbye && (_sent.Count == 0 || waited >= Linger))
        {
            _saidGoodbye = true;
            Check(LibMosquitto.Disconnect(_client, 0, 0));
        }
        else if (_saidGoodbye && waited >= 2 * Linger)
        {
            _end = "closed by this program (the broker did not take the goodbye)";
        }
    }

    private void CheckLimits()
    {
        if (_end is null && _upSince is null && time.GetElapsedTime(_began) >= options.ConnectTimeout)
        {
            _end = FailureWords.TimedOut(!_tcpUp ? "TCP" : !_accepted ? options.Tls is null ? "CONNACK" : "TLS or CONNACK" : "SUBACK", options);
        }
    }

    private void Check(int result)
    {
        if (result != ReturnCode.Success)
        {
            int errno = Marshal.GetLastPInvokeError();
            _end ??= _saidGoodbye ? "closed by this program" : WhyFailed(result, errno);
        }
    }
}
