using System.Buffers.Binary;
using System.IO.Compression;

namespace EdgeQueue.Hardware.Printers;

/// <summary>
/// A monochrome picture as a PNG file (W3C PNG, third edition): greyscale, 1 bit a dot, no filter. For the panel,
/// the tests and the journal of what was printed; reads only what it writes.
/// </summary>
public static class MonochromePng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(MonochromeBitmap picture)
    {
        using var file = new MemoryStream();
        file.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 1; // bit depth; then colour type, compression, filter and interlace method, all 0
        WriteChunk(file, "IHDR"u8, header);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var line = new byte[1 + picture.Stride];
            for (var y = 0; y < picture.Height; y++)
            {
                for (var at = 0; at < picture.Stride; at++)
                {
                    line[1 + at] = (byte)~picture.Rows[y * picture.Stride + at]; // greyscale: 1 is white
                }

                zlib.Write(line);
            }
        }

        WriteChunk(file, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <exception cref="InvalidDataException">Not a file that <see cref="Encode"/> wrote.</exception>
    public static MonochromeBitmap Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature) || file.Length < 33 || file[24] != 1 || file[25] != 0)
        {
            throw new InvalidDataException("This is not a PNG file with one bit a dot, as EdgeQueue writes them.");
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(file[16..]);
        var height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        using var data = new MemoryStream();
        for (var rest = file[8..]; rest.Length >= 12; rest = rest[(12 + BinaryPrimitives.ReadInt32BigEndian(rest))..])
        {
            if (rest[4..8].SequenceEqual("IDAT"u8))
            {
                data.Write(rest.Slice(8, BinaryPrimitives.ReadInt32BigEndian(rest)));
            }
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var rows = new byte[width / 8 * height];
        var line = new byte[1 + width / 8];
        for (var y = 0; y < height; y++)
        {
            zlib.ReadExactly(line);
            if (line[0] != 0)
            {
                throw new InvalidDataException($"Row {y} of this PNG file is filtered, which EdgeQueue never does: another program wrote it.");
            }

            for (var at = 1; at < line.Length; at++)
            {
                rows[y * (width / 8) + at - 1] = (byte)~line[at];
            }
        }

        return new MonochromeBitmap(width, height, rows);
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    /// <summary>CRC-32 as in PNG, annex D; bit by bit, a ticket has few kilobytes.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return crc;
    }
}
