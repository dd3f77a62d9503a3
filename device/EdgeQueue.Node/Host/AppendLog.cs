using EdgeQueue.Hardware.Kernel;
using System.Globalization;
using System.Text;

namespace EdgeQueue.Node.Host;

/// <summary>
/// An append-only file of records, each durable before <see cref="Append"/> returns. A record is one line,
/// <c>crc32 space text</c>, so that a technician can read it and a reader finds its feet again after a damaged one.
/// A last line without its end is what a power cut leaves: the record was never acknowledged, so it is cut off. Only the
/// first line is never that: its owner writes it with <see cref="Rewrite"/>, whole or not at all, and after a compaction it
/// holds everything.
/// </summary>
public sealed class AppendLog : IDisposable
{
    private readonly string path;
    private FileStream file;
    private bool broken;

    private AppendLog(string path, FileStream file) => (this.path, this.file) = (path, file);

    public long Length => file.Length;

    /// <summary>Opens or creates the file and reads it; of a damaged one a copy stays, <c>path.damaged</c>. A second process that opens it is refused (flock(2)).</summary>
    /// <exception cref="IOException">The file cannot be read or repaired.</exception>
    public static AppendLog Open(string path, out AppendLogContent content)
    {
        var existed = File.Exists(path);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            content = Parse(bytes, out var sound);
            if (content.Damaged > 0)
            {
                DurableFile.Write(path + ".damaged", bytes);
            }

            if (sound < bytes.Length)
            {
                file.SetLength(sound);
                file.Flush(flushToDisk: true);
            }

            file.Position = sound;
            if (!existed)
            {
                DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
            }

            return new AppendLog(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All records or none of them, durable when it returns.</summary>
    /// <exception cref="IOException">Not written (disk full, read-only, failing); the file is as it was before.</exception>
    public void Append(params ReadOnlySpan<string> records)
    {
        if (broken)
        {
            throw new IOException($"{path}: an earlier write failed and could not be taken back; it is opened anew at the next start.");
        }

        var before = file.Length;
        try
        {
            file.Write(Lines(records));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TakeBack(before);
            throw new IOException($"{path}: cannot write: {e.Message}", e);
        }
    }

    /// <summary>Replaces everything, for when most records are history.</summary>
    /// <exception cref="IOException">Not replaced; the file is as it was before.</exception>
    public void Rewrite(params ReadOnlySpan<string> records)
    {
        DurableFile.Write(path, Lines(records));
        file.Dispose();
        file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        file.Position = file.Length;
        broken = false;
    }

    /// <summary>Keeps the file as it is now for a person to look at.</summary>
    /// <exception cref="IOException">Not written.</exception>
    public void CopyTo(string other)
    {
        var bytes = new byte[file.Length];
        RandomAccess.Read(file.SafeFileHandle, bytes, 0);
        DurableFile.Write(other, bytes);
    }

    public void Dispose() => file.Dispose();

    /// <summary>CRC-32 as in IEEE 802.3, eight hexadecimal digits.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }

    private void TakeBack(long length)
    {
        try
        {
            file.SetLength(length);
            file.Position = length;
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            broken = true;
        }
    }

    private static byte[] Lines(ReadOnlySpan<string> records)
    {
        // A batch must be all or nothing: it is one line, its records separated by a character that JSON never holds raw.
        var text = Encoding.UTF8.GetBytes(string.Join('\u001e', records));
        if (text.AsSpan().IndexOf((byte)'\n') >= 0)
        {
            throw new ArgumentException("A record is one line.", nameof(records));
        }

        var head = Encoding.ASCII.GetBytes(Checksum(text).ToString("x8", CultureInfo.InvariantCulture) + " ");
        return [.. head, .. text, (byte)'\n'];
    }

    private static AppendLogContent Parse(ReadOnlySpan<byte> bytes, out int sound)
    {
        var records = new List<string>();
        var damaged = 0;
        sound = 0;
        var badAtEnd = 0;
        while (bytes[sound..].IndexOf((byte)'\n') is var length and >= 0)
        {
            var line = bytes.Slice(sound, length);
            sound += length + 1;
            if (length > 9 && line[8] == ' '
                && uint.TryParse(line[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc)
                && crc == Checksum(line[9..]))
            {
                records.AddRange(Encoding.UTF8.GetString(line[9..]).Split('\u001e'));
                badAtEnd = 0;
            }
            else
            {
                damaged++;
                badAtEnd = length + 1;
            }
        }

        if (sound == bytes.Length && badAtEnd > 0)
        {
            // The very last line is complete but wrong: blocks of one write may reach the disk in any order.
            sound -= badAtEnd;
            damaged--;
        }

        if (sound == 0 && bytes.Length > 0)
        {
            damaged++;
        }

        return new AppendLogContent(records, damaged);
    }
}

/// <summary>What a file held.</summary>
/// <param name="Damaged">
/// Lines that are wrong though later ones are right, or the first: not a power cut but a failing disk or a hand in the file. The owner
/// decides what it can still trust.
/// </param>
public sealed record AppendLogContent(IReadOnlyList<string> Records, int Damaged);
