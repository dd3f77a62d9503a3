using System.Buffers.Binary;

namespace EdgeQueue.Panel.Devices;

/// <summary>
/// A loudspeaker: the file of raw samples that ALSA's file plugin writes. What was played without a pause becomes one WAV.
/// </summary>
/// <param name="path">Raw file, signed 16 bit little endian.</param>
/// <param name="channels">Interleaved channels of the device.</param>
/// <param name="spoken">Called with each piece of sound.</param>
internal sealed class PlayedSpeaker(string path, int channels, Action<byte[], double> spoken)
{
    /// <summary>espeak-ng's rate and the audio role's.</summary>
    private const int Rate = 22050;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    // The audio role leaves less than this between the phrases of one call.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Glance);
        using var piece = new MemoryStream();
        // What was spoken before this page was started is history.
        var read = File.Exists(path) ? new FileInfo(path).Length : 0;
        var silent = TimeSpan.Zero;
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var fresh = ReadFrom(ref read);
            if (fresh.Length > 0)
            {
                piece.Write(fresh);
                silent = TimeSpan.Zero;
            }
            else if (piece.Length > 0 && (silent += Glance) >= Pause)
            {
                if (piece.ToArray().AsSpan().IndexOfAnyExcept((byte)0) >= 0)
                {
                    spoken(Wav(piece.ToArray()), piece.Length / 2.0 / channels / Rate);
                }

                piece.SetLength(0);
            }
        }
    }

    private byte[] ReadFrom(ref long read)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (file.Length < read)
            {
                // The plugin begins its file anew when the device is opened.
                read = 0;
            }

            var fresh = new byte[file.Length - read];
            file.Position = read;
            file.ReadExactly(fresh);
            read += fresh.Length;
            return fresh;
        }
        catch (IOException)
        {
            return [];
        }
    }

    private byte[] Wav(byte[] samples)
    {
        // RIFF/WAVE, PCM (Microsoft multimedia data standards, 1994).
        var wav = new byte[44 + samples.Length];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples.Length);
        samples.CopyTo(wav, 44);
        return wav;
    }
}
