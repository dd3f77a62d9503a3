using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Speech;

/// <summary>
/// WAV files with 16-bit mono PCM at 22,050 Hz (Multimedia Programming Interface and Data Specifications 1.0, IBM and
/// Microsoft, 1991). Other forms are refused with the command that converts them: resampling is better done once, with
/// a good filter, than at each call with a cheap one.
/// </summary>
public static class WavFile
{
    /// <summary>A clip or chime of more than a minute is a mistake, and a node has little memory.</summary>
    public const int LongestInBytes = 60 * Pcm.SampleRate * 2;

    /// <summary>The samples, or a sentence that says what is wrong with the file (exactly one of the two is null).</summary>
    public static (short[]? Sound, string? Fault) Read(string path)
    {
        byte[] file;
        try
        {
            if (new FileInfo(path) is { Length: > LongestInBytes + 4096 } large)
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"{path} has {large.Length} bytes; a clip may last a minute at most ({LongestInBytes} bytes)."));
            }

            file = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be read: {error.Message}");
        }

        return Parse(file, path);
    }

    /// <summary>A WAV file of <paramref name="sound"/>.</summary>
    public static byte[] Write(ReadOnlySpan<short> sound)
    {
        var data = MemoryMarshal.AsBytes(sound);
        var file = new byte[44 + data.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 36 + data.Length);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Pcm.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Pcm.SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data.Length);
        data.CopyTo(file.AsSpan(44));
        return file;
    }

    private static (short[]? Sound, string? Fault) Parse(byte[] file, string path)
    {
        var rest = file.AsSpan();
        if (rest.Length < 12 || !rest.StartsWith("RIFF"u8) || !rest[8..].StartsWith("WAVE"u8))
        {
            return (null, $"{path} is not a WAV file.");
        }

        var format = ReadOnlySpan<byte>.Empty;
        for (rest = rest[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            // Recorders that stream leave the length open (0 or the maximum): the data then goes to the end of the file.
            var body = length > rest.Length - 8 ? rest[8..] : rest.Slice(8, (int)length);
            if (rest.StartsWith("fmt "u8))
            {
                format = body;
            }
            else if (rest.StartsWith("data"u8))
            {
                return Wrong(format, path) is { } fault ? (null, fault) : (MemoryMarshal.Cast<byte, short>(body).ToArray(), null);
            }

            rest = rest[Math.Min(rest.Length, 8 + body.Length + body.Length % 2)..]; // chunks begin at even places
        }

        return (null, $"{path} has no sound in it (no data chunk).");
    }

    private static string? Wrong(ReadOnlySpan<byte> format, string path)
    {
        if (format.Length < 16)
        {
            return $"{path} does not say what form its sound has (no fmt chunk).";
        }

        var coding = BinaryPrimitives.ReadUInt16LittleEndian(format);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        const ushort Plain = 1, Extensible = 0xFFFE;
        return coding is Plain or Extensible && channels == 1 && rate == Pcm.SampleRate && bits == 16 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has {channels} channel(s), {rate} Hz, {bits} bits, coding {coding}; needed are 1 channel, {Pcm.SampleRate} Hz, 16 bits, coding 1. Convert it: sox \"{path}\" -r {Pcm.SampleRate} -c 1 -b 16 new.wav");
    }
}
