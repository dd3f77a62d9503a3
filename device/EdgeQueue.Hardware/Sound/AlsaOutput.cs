using System.Diagnostics;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Sound;

/// <summary>
/// A PCM of ALSA, by its name in the configuration (<c>default</c>, <c>plughw:CARD=Device</c>, or one defined in an
/// asound.conf, e.g. a zone that is one channel of a card). Opened for each sound and closed after it: a USB sound card
/// that was replugged is found again, and nobody else is locked out in between.
/// </summary>
/// <param name="latency">
/// Of ALSA's buffer, 20 ms … 2 s; a quarter of it is a period, which is how long a cancelled sound goes on at most.
/// </param>
public sealed class AlsaOutput(string device, TimeSpan latency) : ISoundOutput
{
    /// <summary>SND_PCM_STATE_RUNNING.</summary>
    private const int Running = 3;

    private readonly SemaphoreSlim oneSound = new(1);

    public AlsaOutput(string device)
        : this(device, TimeSpan.FromMilliseconds(100))
    {
    }

    /// <inheritdoc/>
    public async Task PlayAsync(PcmSound sound, Volume volume, CancellationToken cancellation)
    {
        await oneSound.WaitAsync(cancellation);
        try
        {
            // A thread of its own: writei blocks as long as the loudspeaker speaks.
            await DeviceThread.Run($"alsa {device}", _ => Play(sound, volume, cancellation), cancellation);
        }
        finally
        {
            oneSound.Release();
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => oneSound.Dispose();

    private void Play(PcmSound sound, Volume volume, CancellationToken cancellation)
    {
        using var pcm = Open(sound, out var period);
        var started = Stopwatch.GetTimestamp();
        long written = 0;
        var block = new short[period * sound.Channels];
        for (var rest = sound.Samples; rest.Length > 0;)
        {
            if (cancellation.IsCancellationRequested)
            {
                AlsaLibrary.Drop(pcm);
                return;
            }

            var part = rest[..Math.Min(block.Length, rest.Length)];
            volume.Apply(part.Span, block);
            Write(pcm, block.AsSpan(0, part.Length), sound.Channels);
            rest = rest[part.Length..];
            written += part.Length / sound.Channels;
            KeepPace(Ahead(), latency, cancellation);
        }

        Drain(pcm, sound.Rate, cancellation);
        KeepPace(Ahead(), TimeSpan.Zero, cancellation);

        TimeSpan Ahead() => TimeSpan.FromSeconds((double)written / sound.Rate) - Stopwatch.GetElapsedTime(started);
    }

    /// <summary>
    /// A card takes samples as fast as it plays them, so it is never ahead by more than its buffer. The null and file
    /// plug-ins take them at once: without this a sound would be over before it began, and could not be stopped.
    /// </summary>
    private static void KeepPace(TimeSpan ahead, TimeSpan allowed, CancellationToken cancellation)
    {
        if (ahead > allowed)
        {
            cancellation.WaitHandle.WaitOne(ahead - allowed);
        }
    }

    private PcmHandle Open(PcmSound sound, out int periodFrames)
    {
        Check(AlsaLibrary.Open(out var pcm, device, AlsaLibrary.Playback, 0), "cannot open");
        try
        {
            Check(
                AlsaLibrary.SetParameters(
                    pcm, AlsaLibrary.FormatS16LittleEndian, AlsaLibrary.AccessInterleaved, (uint)sound.Channels,
                    (uint)sound.Rate, softResample: 1, (uint)latency.TotalMicroseconds),
                $"does not take {sound.Channels} channel(s) of 16 bits at {sound.Rate} Hz");
            Check(AlsaLibrary.GetParameters(pcm, out _, out var period), "does not tell its period");
            periodFrames = Math.Max(1, (int)period);
            return pcm;
        }
        catch (DeviceException)
        {
            pcm.Dispose();
            throw;
        }
    }

    private unsafe void Write(PcmHandle pcm, ReadOnlySpan<short> samples, int channels)
    {
        while (samples.Length > 0)
        {
            nint frames;
            fixed (short* start = samples)
            {
                frames = AlsaLibrary.Write(pcm, start, (nuint)(samples.Length / channels));
            }

            if (frames < 0)
            {
                // An underrun (EPIPE) or a suspended machine (ESTRPIPE) is prepared again; a card that is gone is not.
                Check(AlsaLibrary.Recover(pcm, (int)frames, 1), "cannot play");
                continue;
            }

            samples = samples[((int)frames * channels)..];
        }
    }

    /// <summary>Waits until what ALSA still holds is heard, unless cancelled: drain itself cannot be interrupted.</summary>
    private static void Drain(PcmHandle pcm, int rate, CancellationToken cancellation)
    {
        if (AlsaLibrary.Delay(pcm, out var frames) == 0 && frames > 0)
        {
            // All but the last moments; a plug-in without a clock (null, file) may claim a delay that never passes.
            var rest = TimeSpan.FromSeconds(Math.Min((double)frames / rate, 2) * 0.9);
            if (AlsaLibrary.State(pcm) == Running && cancellation.WaitHandle.WaitOne(rest))
            {
                AlsaLibrary.Drop(pcm);
                return;
            }
        }

        AlsaLibrary.Drain(pcm);
    }

    private void Check(int answer, string what)
    {
        if (answer < 0)
        {
            throw new DeviceException(device, $"{what}: {AlsaLibrary.Describe(answer)}; \"aplay -L\" lists the names");
        }
    }
}
