using System.Text;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays a board on an RS-485 line from the frame's description (<see cref="Rs485Frame"/>): takes bytes as they come, in
/// any pieces, with any noise between them.
/// </summary>
public sealed class Rs485BoardChip(byte address)
{
    private readonly List<byte> received = [];

    /// <summary>What the board shows; null until the first good frame for it.</summary>
    public DisplayFrame? Shown { get; private set; }

    /// <summary>Good frames for this board.</summary>
    public int Frames { get; private set; }

    /// <summary>Start bytes after which no good frame followed.</summary>
    public int Garbled { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        received.AddRange(bytes);
        while (TakeOne())
        {
            // Until what is left is not yet a frame.
        }
    }

    private bool TakeOne()
    {
        var start = received.IndexOf(0x02);
        received.RemoveRange(0, start < 0 ? received.Count : start);
        if (received.Count < 3)
        {
            return false;
        }

        int length = received[2];
        if (length is < 4 or > 64)
        {
            return Skip();
        }

        if (received.Count < length + 5)
        {
            return false;
        }

        var frame = received.GetRange(0, length + 5).ToArray();
        if ((frame[^2] | (frame[^1] << 8)) != Crc(frame.AsSpan(1, length + 2)))
        {
            return Skip();
        }

        received.RemoveRange(0, frame.Length);
        if ((frame[1] == address || frame[1] == 0) && frame[3] == 1)
        {
            Show(frame[4], frame[5], Encoding.UTF8.GetString(frame.AsSpan(6, length - 3)));
        }

        return true;
    }

    private bool Skip()
    {
        Garbled++;
        received.RemoveAt(0);
        return true;
    }

    private void Show(byte flags, byte brightness, string text)
    {
        Frames++;
        Shown = new DisplayFrame(text)
        {
            Lit = (flags & 0x01) != 0,
            Stale = (flags & 0x02) != 0,
            Arrow = (Arrow)((flags >> 2) & 7),
            Blink = (Blink)((flags >> 5) & 3),
            Brightness = brightness & 0x0F,
        };
    }

    // By a table of nibbles, where the driver goes bit by bit: two ways to the same sum.
    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ushort> table =
        [
            0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
            0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
        ];
        var sum = 0xFFFF;
        foreach (var value in bytes)
        {
            sum = (sum >> 4) ^ table[(sum ^ value) & 0x0F];
            sum = (sum >> 4) ^ table[(sum ^ (value >> 4)) & 0x0F];
        }

        return (ushort)sum;
    }
}
