using System.Buffers.Binary;
using System.Text;

namespace EdgeQueue.EndToEnd.Cloud.Service;

/// <summary>Protobuf's wire format (https://protobuf.dev/programming-guides/encoding/), as much as a receiver of OTLP needs: nothing of the sender's code.</summary>
internal sealed class ProtobufReader
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufReader(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add(((int)(tag >> 3), Varint(message.Span, ref at), default));
                    break;
                case 1:
                    _fields.Add(((int)(tag >> 3), BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message.Span, ref at);
                    _fields.Add(((int)(tag >> 3), 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add(((int)(tag >> 3), BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} at {at}");
            }
        }
    }

    /// <summary>The messages of a repeated field.</summary>
    public IEnumerable<ProtobufReader> All(int number) => _fields.Where(f => f.Number == number).Select(f => new ProtobufReader(f.Bytes));

    public string Text(int number) => Encoding.UTF8.GetString(_fields.FirstOrDefault(f => f.Number == number).Bytes.Span);

    public ulong Number(int number) => _fields.FirstOrDefault(f => f.Number == number).Value;

    public ReadOnlyMemory<byte> Bytes(int number) => _fields.FirstOrDefault(f => f.Number == number).Bytes;

    public int Length(int number) => _fields.FirstOrDefault(f => f.Number == number).Bytes.Length;

    /// <summary>KeyValue = 1 key, 2 AnyValue { 1 string_value, 3 int_value }.</summary>
    public Dictionary<string, string> Attributes(int number) => All(number).ToDictionary(
        a => a.Text(1), a => a.All(2).Single() is var value && value.Length(1) > 0 ? value.Text(1) : value.Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
