using System.Text;
using System.Text.Unicode;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Reads one flat JSON object (RFC 8259) byte by byte, whose properties come in a known order and without a space, as
/// <see cref="JournalJson"/> writes them. Whatever is not as expected (another order, a property more, an escape) makes it
/// <see cref="Strange"/>, and the general reader has to do it: so this one never needs to say what is wrong.
/// </summary>
internal ref struct OrderedProperties
{
    /// <summary>What a 64-bit number surely holds.</summary>
    private const int MostDigits = 18;

    private ReadOnlySpan<byte> _rest;
    private byte _before = (byte)'{';
    private bool _strange;

    public OrderedProperties(ReadOnlySpan<byte> utf8) => _rest = utf8;

    /// <summary>True when something was not as expected, or is left over: what was read must not be used.</summary>
    public bool Strange()
    {
        _strange = _strange || !_rest.SequenceEqual("}"u8);
        return _strange;
    }

    public long Number(ReadOnlySpan<byte> name)
    {
        Enter(name);
        bool negative = TryTake((byte)'-');
        long value = 0;
        int digits = 0;
        while (digits < _rest.Length && digits <= MostDigits && (uint)(_rest[digits] - '0') <= 9)
        {
            value = (value * 10) + (_rest[digits++] - '0');
        }

        // JSON has no leading zero (§6); "-0" is a number that nobody writes.
        _strange = _strange || digits is 0 or > MostDigits || (_rest[0] == '0' && (digits > 1 || negative));
        Take(digits);
        return negative ? -value : value;
    }

    public int Small(ReadOnlySpan<byte> name)
    {
        long value = Number(name);
        _strange |= value is < int.MinValue or > int.MaxValue;
        return (int)value;
    }

    public Moment At(ReadOnlySpan<byte> name) => new(Number(name));

    public bool Flag(ReadOnlySpan<byte> name)
    {
        Enter(name);
        bool value = _rest.StartsWith("true"u8);
        _strange = _strange || !(value || _rest.StartsWith("false"u8));
        Take(value ? 4 : 5);
        return value;
    }

    /// <summary>A text that hardly ever comes twice.</summary>
    public string Text(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> value = Quoted(name);
        _strange = _strange || !RepeatedNames.IsPlain(value);
        return _strange ? "" : Encoding.UTF8.GetString(value);
    }

    /// <summary>A name from the configuration: the same string each time.</summary>
    public string Name(ReadOnlySpan<byte> name)
    {
        string? value = RepeatedNames.Get(Quoted(name));
        _strange = _strange || value is null;
        return value ?? "";
    }

    public string? TextOrNull(ReadOnlySpan<byte> name) => Has(name) ? Text(name) : null;

    public string? NameOrNull(ReadOnlySpan<byte> name) => Has(name) ? Name(name) : null;

    /// <summary>An empty list; one that holds something is left to the general reader.</summary>
    public IReadOnlyList<string> Nothing(ReadOnlySpan<byte> name)
    {
        Enter(name);
        _strange = _strange || !_rest.StartsWith("[]"u8);
        Take(2);
        return [];
    }

    /// <summary>An object that is not wanted. Where it ends is all that is looked at.</summary>
    public void Skip(ReadOnlySpan<byte> name)
    {
        Enter(name);
        _strange = _strange || _rest[0] != '{';
        int depth = 0;
        do
        {
            int next = _rest.IndexOfAny((byte)'"', (byte)'{', (byte)'}');
            byte found = next < 0 ? default : _rest[next];
            depth += found == '{' ? 1 : found == '}' ? -1 : 0;
            _strange = _strange || next < 0 || (depth == 0 && found != '}');
            Take(next + 1);
            if (found == '"')
            {
                // A brace in a text is none.
                int end = _rest.IndexOfAny((byte)'"', (byte)'\\');
                _strange = _strange || end < 0 || _rest[end] != '"';
                Take(end + 1);
            }
        }
        while (depth > 0 && !_strange);
    }

    /// <summary>Between the quotes; without an escape.</summary>
    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> name)
    {
        Enter(name);
        _strange = _strange || !TryTake((byte)'"');
        int end = _rest.IndexOfAny((byte)'"', (byte)'\\');
        if (_strange || end < 0 || _rest[end] != '"')
        {
            _strange = true;
            return [];
        }

        ReadOnlySpan<byte> value = _rest[..end];
        Take(end + 1);
        return value;
    }

    private readonly bool Has(ReadOnlySpan<byte> name) =>
        !_strange && _rest.Length > name.Length + 3 && _rest[0] == _before && _rest[1] == '"' && _rest[2..].StartsWith(name)
        && _rest[name.Length + 2] == '"' && _rest[name.Length + 3] == ':';

    private void Enter(ReadOnlySpan<byte> name)
    {
        _strange = !Has(name);
        Take(name.Length + 4);
        _before = (byte)',';
    }

    private bool TryTake(byte expected)
    {
        bool there = !_strange && !_rest.IsEmpty && _rest[0] == expected;
        Take(there ? 1 : 0);
        return there;
    }

    /// <summary>Nothing is left of what is strange, so that no more of it is read.</summary>
    private void Take(int length)
    {
        _strange = _strange || length < 0 || length >= _rest.Length;
        _rest = _strange ? [] : _rest[length..];
    }
}

/// <summary>Names of services, counters, zones, …: a replay reads each a million times and needs it once. One table per thread.</summary>
internal static class RepeatedNames
{
    private const int Places = 512;

    [ThreadStatic]
    private static (byte[] Utf8, string Text)[]? table;

    /// <returns>Null: it is no text that JSON has as it is.</returns>
    public static string? Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        // A name that shares its place with another is only made anew more often.
        table ??= new (byte[], string)[Places];
        ref (byte[] Utf8, string Text) place = ref table[((utf8.Length * 31) + (utf8[0] * 7) + (utf8[^1] * 131) + (utf8[utf8.Length / 2] * 17)) % Places];
        if (!utf8.SequenceEqual(place.Utf8))
        {
            if (!IsPlain(utf8))
            {
                return null;
            }

            place = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return place.Text;
    }

    /// <summary>UTF-8 without a control character (RFC 8259 §7).</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => utf8.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0 && Utf8.IsValid(utf8);
}
