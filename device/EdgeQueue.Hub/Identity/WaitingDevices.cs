using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Identity;

/// <summary>A device that shows its code and waits for a technician.</summary>
internal sealed class WaitingDevice(ClaimHello hello, byte[] transcript, string address, long since)
{
    public ClaimHello Hello { get; } = hello;

    public byte[] Transcript { get; } = transcript;

    public string Code { get; } = ClaimCode.Of(transcript);

    public string Address { get; } = address;

    public long Since { get; } = since;

    /// <summary>What became of it: its answer and the authority's signature, or a refusal.</summary>
    public TaskCompletionSource<ClaimAnswer> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Devices that ask to be claimed, and the guesses at their codes. Bounded on every side: how many wait, how many from one address, how
/// many ask in a minute, how long a code lives, how many wrong codes are typed. Safe from any thread.
/// </summary>
internal sealed class WaitingDevices(TimeProvider time)
{
    public const int Most = 8;
    public const int MostFromOneAddress = 2;
    public const int MostInAMinute = 10;
    public const int FreeGuesses = 3;

    /// <summary>After so many wrong codes all waiting devices show new ones.</summary>
    public const int MostGuesses = 6;

    /// <summary>One box asks again and again: the others still get their code.</summary>
    public const int MostInAMinuteFromOneAddress = 5;

    /// <summary>Addresses that were refused, for the technician's eyes.</summary>
    private const int MostRefused = 16;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Nobody guesses so slowly: then wrong codes are forgotten.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private readonly List<WaitingDevice> _waiting = [];
    private readonly Queue<(long At, string Address)> _asked = [];
    private readonly Dictionary<string, long> _refused = [];
    private readonly Lock _gate = new();
    private int _wrong;
    private int _wrongSinceNewCodes;
    private long _lastWrong;

    /// <summary>Before anything is computed for it. Each call counts.</summary>
    /// <returns>Null: it may ask.</returns>
    public Refusal? MayAsk(string address)
    {
        lock (_gate)
        {
            Expire();
            while (_asked.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= TimeSpan.FromMinutes(1))
            {
                _asked.Dequeue();
            }

            Refusal? why = _asked.Count >= MostInAMinute
                    ? new Refusal("tooManyAsk", $"More than {MostInAMinute} devices have asked within a minute. It is tried again.")
                : _asked.Count(a => a.Address == address) >= MostInAMinuteFromOneAddress
                    ? new Refusal("tooManyAsk", $"More than {MostInAMinuteFromOneAddress} asked from {address} within a minute. It is tried again.")
                : Full(address);
            if (why is null)
            {
                _asked.Enqueue((time.GetTimestamp(), address));
            }
            else if (_refused.ContainsKey(address) || _refused.Count < MostRefused)
            {
                _refused[address] = time.GetTimestamp();
            }

            return why;
        }
    }

    /// <returns>Null, or why it cannot wait here.</returns>
    public Refusal? Add(WaitingDevice device)
    {
        lock (_gate)
        {
            Expire();
            if (Full(device.Address) is { } full)
            {
                return full;
            }

            _waiting.Add(device);
            return null;
        }
    }

    public void Remove(WaitingDevice device)
    {
        lock (_gate)
        {
            _waiting.Remove(device);
        }
    }

    /// <summary>For the technician's eyes, without the codes: those are read from the devices.</summary>
    public IReadOnlyList<WaitingDevice> All()
    {
        lock (_gate)
        {
            Expire();
            return [.. _waiting];
        }
    }

    /// <summary>Addresses from which asking was refused within the last ten minutes; at most 16.</summary>
    public IReadOnlyList<string> Refused()
    {
        lock (_gate)
        {
            Expire();
            return [.. _refused.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The device that shows this code; it waits no longer, whatever becomes of it.</summary>
    public (WaitingDevice? Device, Refusal? Refusal) Take(string typed)
    {
        lock (_gate)
        {
            Expire();
            if (_wrong > 0 && time.GetElapsedTime(_lastWrong) >= Forgiven)
            {
                (_wrong, _wrongSinceNewCodes) = (0, 0);
            }

            if (Pause() is { } pause)
            {
                return (null, new Refusal("throttled", $"Too many wrong codes. Wait {Math.Ceiling(pause.TotalSeconds)} s."));
            }

            List<WaitingDevice> found = ClaimCode.Read(typed) is { } code
                ? [.. _waiting.Where(d => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(d.Code), Encoding.ASCII.GetBytes(code)))]
                : [];
            if (found.Count == 1)
            {
                (_wrong, _wrongSinceNewCodes) = (0, 0);
                _waiting.Remove(found[0]);
                return (found[0], null);
            }

            _wrong++;
            _wrongSinceNewCodes++;
            _lastWrong = time.GetTimestamp();
            if (_wrongSinceNewCodes >= MostGuesses || found.Count > 1)
            {
                // The pause goes on growing; the guesses at the new codes are counted anew.
                _wrongSinceNewCodes = 0;
                End(_waiting, new Refusal("newCode", "Too many wrong codes were typed at the hub. The device shows a new one."));
            }

            return (null, new Refusal(
                "noSuchCode",
                "No device that waits here shows this code. Read it from the device again. If it was right, somebody stands between the "
                + "device and this hub: do not use the device, even if it begins to work; switch it off and look at the network."));
        }
    }

    /// <summary>Doubles from 5 s with each wrong code beyond the free ones.</summary>
    private TimeSpan? Pause()
    {
        if (_wrong <= FreeGuesses)
        {
            return null;
        }

        TimeSpan whole = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(_wrong - FreeGuesses - 1, 12)));
        TimeSpan left = (whole < LongestPause ? whole : LongestPause) - time.GetElapsedTime(_lastWrong);
        return left > TimeSpan.Zero ? left : null;
    }

    private Refusal? Full(string address) =>
        _waiting.Count >= Most ? new Refusal("tooManyWait", $"{Most} devices wait to be claimed already.")
        : _waiting.Count(d => d.Address == address) >= MostFromOneAddress ? new Refusal("tooManyFromHere", $"{MostFromOneAddress} devices from {address} wait already.")
        : null;

    private void Expire()
    {
        End([.. _waiting.Where(d => time.GetElapsedTime(d.Since) >= Life)], new Refusal("codeExpired", "The code was not typed in time. The device shows a new one."));
        foreach (string address in _refused.Where(r => time.GetElapsedTime(r.Value) >= Life).Select(r => r.Key).ToList())
        {
            _refused.Remove(address);
        }
    }

    private void End(IReadOnlyList<WaitingDevice> devices, Refusal why)
    {
        foreach (WaitingDevice device in devices.ToArray())
        {
            _waiting.Remove(device);
            device.Outcome.TrySetResult(new ClaimAnswer(1, "", "", "", 0, "", [], why));
        }
    }
}
