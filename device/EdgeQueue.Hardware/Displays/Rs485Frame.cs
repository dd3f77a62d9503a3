using System.Text;

namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// What goes over the wire to an EdgeQueue RS-485 board. Boards of this kind have no common standard; this one is small
/// enough for any microcontroller. Controller to board only, 8N1.
/// <code>
/// 0x02            start
/// address         1 … 247; 0 is for every board on the line
/// length          of the payload in bytes, 4 … 64
/// payload         0x01 "show"; flags; brightness 0 … 15; text in UTF-8, to the end of the payload, at least one byte
/// checksum        CRC-16/MODBUS over address, length and payload, low byte first
/// </code>
/// Flags: bit 0 lit, bit 1 stale, bits 2–4 arrow (0 none, 1 left, 2 right, 3 up, 4 down), bits 5–6 blink (0 none, 1 2 Hz,
/// 2 1 Hz, 3 ½ Hz). A board ignores frames with another address or a wrong checksum, looks for the next start byte
/// after the one that failed, and shows its stale sign by itself when no frame has come for 10 s.
/// </summary>
public static class Rs485Frame
{
    public const byte Start = 0x02;
    public const byte Show = 0x01;
    public const int LargestPayload = 64;

    private const int Overhead = 5;

    /// <summary>The whole frame for one board.</summary>
    /// <exception cref="ArgumentException">The text is longer than 61 bytes of UTF-8.</exception>
    public static byte[] Of(byte address, DisplayFrame frame)
    {
        // Never empty: an empty text would leave nothing to tell it from a frame that was cut off.
        var text = Encoding.UTF8.GetBytes(frame.Text.Length == 0 ? " " : frame.Text);
        var payload = 3 + text.Length;
        if (payload > LargestPayload)
        {
            throw new ArgumentException($"\"{frame.Text}\" is longer than a frame holds", nameof(frame));
        }

        var bytes = new byte[payload + Overhead];
        bytes[0] = Start;
        bytes[1] = address;
        bytes[2] = (byte)payload;
        bytes[3] = Show;
        bytes[4] = Flags(frame);
        bytes[5] = (byte)frame.Brightness;
        text.CopyTo(bytes, 6);
        var sum = Checksum(bytes.AsSpan(1, payload + 2));
        bytes[^2] = (byte)sum;
        bytes[^1] = (byte)(sum >> 8);
        return bytes;
    }

    /// <summary>CRC-16/MODBUS: polynomial 0x8005 reflected, start 0xFFFF ("MODBUS over serial line" V1.02 §6.2.2).</summary>
    public static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xFFFF;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xA001 : sum >> 1;
            }
        }

        return (ushort)sum;
    }

    private static byte Flags(DisplayFrame frame) =>
        (byte)((frame.Lit ? 1 : 0) | (frame.Stale ? 2 : 0) | ((int)frame.Arrow << 2) | ((int)frame.Blink << 5));
}
