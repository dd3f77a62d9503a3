using System.Collections.Frozen;

namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>
/// Which characters an HD44780U has in its ROM (datasheet table 4), and under which code. Letters of two scripts that look
/// the same share a code. What neither ROM has is drawn as an own character (<see cref="OwnGlyphs"/>), eight at a time.
/// </summary>
public sealed class CharacterRom
{
    private const string CyrillicTwins = "АВЕЅІЈКМНОРСТХЁЇ";
    private const string LatinTwins = "ABESIJKMHOPCTXËÏ";

    private readonly FrozenDictionary<char, byte> codes;
    private readonly FrozenDictionary<byte, char> characters;

    private CharacterRom(string name, Dictionary<char, byte> table)
    {
        Name = name;
        characters = table.GroupBy(one => one.Value).ToFrozenDictionary(same => same.Key, same => same.Min(one => one.Key));
        foreach (var (cyrillic, latin) in CyrillicTwins.Zip(LatinTwins).Where(t => table.ContainsKey(t.Second)))
        {
            table[cyrillic] = table[latin];
        }

        codes = table.ToFrozenDictionary();
    }

    /// <summary>HD44780UA00, "Japanese standard font": on most modules that are sold.</summary>
    public static CharacterRom A00 { get; } = new("a00", Ascii(except: "\\~").With(
        "¥\x5C →\x7E ←\x7F °\xDF α\xE0 ä\xE1 ß\xE2 β\xE2 ε\xE3 µ\xE4 σ\xE5 ρ\xE6 ¢\xEC £\xED ñ\xEE ö\xEF θ\xF2 ∞\xF3 Ω\xF4 ü\xF5 Σ\xF6 π\xF7 ÷\xFD █\xFF"));

    /// <summary>HD44780UA02, "European standard font": Latin as in ISO 8859-1, and most capital Cyrillic letters.</summary>
    /// <remarks>0xD8 is drawn with an upright stroke, so it is a Ф and not an Ø; the Γ serves as Г.</remarks>
    public static CharacterRom A02 { get; } = new("a02", Ascii(except: "").With(Latin1()).With(
        "Б\x80 Д\x81 Ж\x82 З\x83 И\x84 Й\x85 Л\x86 П\x87 У\x88 Ц\x89 Ч\x8A Ш\x8B Щ\x8C Ъ\x8D Ы\x8E Э\x8F Г\x92 Ю\xAC Я\xAD Ф\xD8 ↑\x18 ↓\x19 →\x1A ←\x1B"));

    /// <summary><c>a00</c> or <c>a02</c>.</summary>
    public string Name { get; }

    /// <summary>The code of a character that the ROM has; null: it has none.</summary>
    public byte? Code(char character) => codes.TryGetValue(character, out var code) ? code : null;

    /// <summary>What stands at a code, in Latin where it could be a letter of either script; null: nothing that is a character here.</summary>
    public char? Character(byte code) => characters.TryGetValue(code, out var character) ? character : null;

    /// <summary>
    /// How a character is written here: itself, or its capital where the ROM has small letters of another script only; null
    /// when it can be written neither from the ROM nor as an own character.
    /// </summary>
    public char? Written(char character)
    {
        // Small Cyrillic letters are in neither ROM, and words half of capitals are worse than words of capitals.
        var written = character is >= '\u0400' and <= '\u04FF' ? char.ToUpperInvariant(character) : character;
        return codes.ContainsKey(written) || OwnGlyphs.Find(written) is not null ? written : null;
    }

    private static Dictionary<char, byte> Ascii(string except) =>
        Enumerable.Range(0x20, 0x5F).Where(c => !except.Contains((char)c, StringComparison.Ordinal)).ToDictionary(c => (char)c, c => (byte)c);

    /// <summary>0xA1 … 0xFF, less the places where the ROM has something else (0xA8, 0xAC, 0xAD, 0xAF, 0xB0, 0xB4, 0xB8, 0xD8).</summary>
    private static string Latin1() => string.Join(' ', Enumerable.Range(0xA1, 0x5F)
        .Where(c => c is not (0xA8 or 0xAC or 0xAD or 0xAF or 0xB0 or 0xB4 or 0xB8 or 0xD8)).Select(c => $"{(char)c}{(char)c}"));
}

file static class TableWriting
{
    /// <summary>"Б\x80 Д\x81": a character and the code that it has.</summary>
    public static Dictionary<char, byte> With(this Dictionary<char, byte> table, string pairs)
    {
        foreach (var pair in pairs.Split(' '))
        {
            table[pair[0]] = (byte)pair[1];
        }

        return table;
    }
}
