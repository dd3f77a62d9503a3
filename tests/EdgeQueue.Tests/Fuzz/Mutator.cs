using System.Text;

namespace EdgeQueue.Tests.Fuzz;

/// <summary>Changes honest inputs the way that cut lines, bad memory and bad people do. The same for a seed, always.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> honest)
{
    /// <summary>What parsers are known to trip over: extremes, half sequences, quotes and brackets at the wrong place.</summary>
    private static readonly byte[][] Words =
    [
        .. ((string[])
        [
            "null", "true", "-1", "0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e999", "1.5", "2147483648", "\"\"", "{}", "[]",
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u0000", "\\ud800", "//", "/*", "\n", "\"type\":\"tick\"", "\"v\":1", "\"id\":null", "\"command\":{", "A999", "+", "#", "/",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0x00], [0xE2, 0x80, 0xAE],
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of the honest inputs with one to eight changes; sometimes nothing but noise.</summary>
    public byte[] Next()
    {
        if (_random.Next(50) == 0)
        {
            byte[] noise = new byte[_random.Next(300)];
            _random.NextBytes(noise);
            return noise;
        }

        List<byte> bytes = [.. honest[_random.Next(honest.Count)]];
        for (int changes = _random.Next(1, 9); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    public int Below(int bound) => _random.Next(bound);

    private void Change(List<byte> bytes)
    {
        int at = _random.Next(bytes.Count + 1);
        int most = Math.Min(bytes.Count - at, 40);
        switch (_random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, _random.Next(most + 1));
                break;
            case 2:
                bytes.InsertRange(at, [.. bytes.GetRange(at, _random.Next(most + 1))]);
                break;
            case 3:
                bytes.InsertRange(at, Words[_random.Next(Words.Length)]);
                break;
            case 4:
                byte[] word = Words[_random.Next(Words.Length)];
                bytes.RemoveRange(at, Math.Min(most, word.Length));
                bytes.InsertRange(at, word);
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                // The end of another message: what an interrupted writer leaves in a file.
                byte[] other = honest[_random.Next(honest.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[_random.Next(other.Length + 1)..]);
                break;
        }
    }
}
