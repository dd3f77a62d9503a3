using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace EdgeQueue.Tool.Claims;

/// <summary>A service that somebody offers on the network.</summary>
/// <param name="Address">Null: the one that the answer came from.</param>
internal sealed record OfferedService(int Port, IPAddress? Address);

/// <summary>Just enough of DNS (RFC 1035 §4.1) to ask for one service and to read the port and address out of an answer.</summary>
internal static class ServiceAnswer
{
    private const string Service = "_edgequeue._tcp.local";
    private const ushort Pointer = 12;
    private const ushort ServiceRecord = 33;
    private const ushort HostAddress = 1;

    /// <summary>A multicast answer is one Ethernet frame, mostly; more than this is not read.</summary>
    private const int Longest = 9000;

    private const int MostRecords = 64;

    /// <summary>One question of type PTR, class IN.</summary>
    public static byte[] Question { get; } =
        [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. Service.Split('.').SelectMany(l => (byte[])[(byte)l.Length, .. Encoding.ASCII.GetBytes(l)]), 0, 0, (byte)Pointer, 0, 1];

    /// <returns>Null: not an answer, or not about this service.</returns>
    public static OfferedService? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length is < 12 or > Longest || (packet[2] & 0x80) == 0)
        {
            return null;
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        int records = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        int at = 12;
        int? port = null;
        IPAddress? address = null;
        for (int i = 0; i < Math.Min(questions, MostRecords); i++)
        {
            if (Name(packet, ref at) is null || (at += 4) > packet.Length)
            {
                return null;
            }
        }

        for (int i = 0; i < Math.Min(records, MostRecords); i++)
        {
            if (Name(packet, ref at) is not { } name || at + 10 > packet.Length)
            {
                break;
            }

            ushort type = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 8)..]);
            at += 10;
            if (at + length > packet.Length)
            {
                break;
            }

            if (type == ServiceRecord && length >= 7 && name.EndsWith(Service, StringComparison.OrdinalIgnoreCase))
            {
                port ??= BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 4)..]);
            }
            else if (type == HostAddress && length == 4)
            {
                address ??= new IPAddress(packet.Slice(at, 4));
            }

            at += length;
        }

        return port is { } found and > 0 ? new OfferedService(found, address) : null;
    }

    /// <summary>A name, with its pointers followed backwards only, so that it always ends; null: it is not one.</summary>
    private static string? Name(ReadOnlySpan<byte> packet, ref int at)
    {
        var name = new StringBuilder();
        int reading = at;
        bool jumped = false;
        while (reading < packet.Length && name.Length <= 255)
        {
            int length = packet[reading];
            if (length == 0)
            {
                at = jumped ? at : reading + 1;
                return name.ToString();
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (reading + 1 >= packet.Length || (((length & 0x3F) << 8) | packet[reading + 1]) is var target && target >= reading)
                {
                    return null;
                }

                at = jumped ? at : reading + 2;
                (reading, jumped) = (target, true);
                continue;
            }

            if ((length & 0xC0) != 0 || reading + 1 + length > packet.Length)
            {
                return null;
            }

            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.UTF8.GetString(packet.Slice(reading + 1, length)));
            reading += 1 + length;
        }

        return null;
    }
}
