using System.Text.Json;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Reads one flat JSON object whose properties come in a known order, as <see cref="JournalJson"/> writes them. Whatever is
/// not as expected (another order, a property more, an escape) makes it <see cref="Strange"/>, and the general reader has to do it.
/// </summary>
internal ref struct OrderedProperties
{
    private Utf8JsonReader _reader;
    private bool _strange;

    public OrderedProperties(ReadOnlySpan<byte> utf8)
    {
        _reader = new Utf8JsonReader(utf8);
        _strange = !_reader.Read() || _reader.TokenType != JsonTokenType.StartObject || !_reader.Read();
    }

    /// <summary>True when something was not as expected, or is left over: what was read must not be used.</summary>
    public bool Strange()
    {
        _strange = _strange || _reader.TokenType != JsonTokenType.EndObject || _reader.Read();
        return _strange;
    }

    public long Number(ReadOnlySpan<byte> name)
    {
        long value = 0;
        _strange = _strange || !Enter(name) || _reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out value) || !_reader.Read();
        return value;
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
        _strange = _strange || !Enter(name) || _reader.TokenType is not (JsonTokenType.True or JsonTokenType.False);
        bool value = !_strange && _reader.TokenType == JsonTokenType.True;
        _strange = _strange || !_reader.Read();
        return value;
    }

    /// <summary>A text that hardly ever comes twice.</summary>
    public string Text(ReadOnlySpan<byte> name)
    {
        _strange = _strange || !Enter(name) || _reader.TokenType != JsonTokenType.String || _reader.ValueIsEscaped;
        string value = _strange ? "" : _reader.GetString()!;
        _strange = _strange || !_reader.Read();
        return value;
    }

    /// <summary>A name from the configuration: the same string each time.</summary>
    public string Name(ReadOnlySpan<byte> name)
    {
        _strange = _strange || !Enter(name) || _reader.TokenType != JsonTokenType.String || _reader.ValueIsEscaped;
        string value = _strange ? "" : RepeatedNames.Get(_reader.ValueSpan);
        _strange = _strange || !_reader.Read();
        return value;
    }

    public string? TextOrNull(ReadOnlySpan<byte> name) => Has(name) ? Text(name) : null;

    public string? NameOrNull(ReadOnlySpan<byte> name) => Has(name) ? Name(name) : null;

    /// <summary>An empty list; one that holds something is left to the general reader.</summary>
    public IReadOnlyList<string> Nothing(ReadOnlySpan<byte> name)
    {
        _strange = _strange || !Enter(name) || _reader.TokenType != JsonTokenType.StartArray || !_reader.Read()
            || _reader.TokenType != JsonTokenType.EndArray || !_reader.Read();
        return [];
    }

    /// <summary>Something that is not wanted.</summary>
    public void Skip(ReadOnlySpan<byte> name)
    {
        _strange = _strange || !Enter(name) || !_reader.TrySkip() || !_reader.Read();
    }

    private bool Has(ReadOnlySpan<byte> name) =>
        !_strange && _reader.TokenType == JsonTokenType.PropertyName && !_reader.ValueIsEscaped && _reader.ValueSpan.SequenceEqual(name);

    private bool Enter(ReadOnlySpan<byte> name) => Has(name) && _reader.Read();
}

/// <summary>Names of services, counters, zones, …: a replay reads each a million times and needs it once. One table per thread.</summary>
internal static class RepeatedNames
{
    private const int Places = 512;

    [ThreadStatic]
    private static (byte[] Utf8, string Text)[]? table;

    public static string Get(ReadOnlySpan<byte> utf8)
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
            place = (utf8.ToArray(), System.Text.Encoding.UTF8.GetString(utf8));
        }

        return place.Text;
    }
}
