using System.Collections.Frozen;
using System.Globalization;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>
/// Characters that a ROM may lack, in 5×8 dots as an HD44780 takes them: letters with accents, put together from a letter and
/// its mark, and the capitals of <see cref="MatrixFont"/>. Rows 0 and 1 are the mark's, 2 … 6 the letter's, 7 what hangs below.
/// </summary>
public static class OwnGlyphs
{
    /// <summary>Five rows of a small letter; a capital has six and stands a row lower, so that Ó is not ó.</summary>
    private const string Letters = """
        a 0E 01 0F 11 0F|e 0E 11 1F 10 0E|i 0C 04 04 04 0E|o 0E 11 11 11 0E|u 11 11 11 13 0D|c 0E 10 10 11 0E|n 16 19 11 11 11
        s 0E 10 0E 01 1E|z 1F 02 04 08 1F|y 11 11 0F 01 0E
        A 0E 11 11 1F 11 11|E 1F 10 1E 10 10 1F|I 0E 04 04 04 04 0E|O 0E 11 11 11 11 0E|U 11 11 11 11 11 0E|C 0E 11 10 10 11 0E
        N 11 19 15 15 13 11|S 0F 10 0E 01 01 1E|Z 1F 01 02 04 08 1F
        """;

    /// <summary>Two rows above, one below.</summary>
    private const string Marks = "´ 02 04 00|` 08 04 00|^ 04 0A 00|~ 0D 12 00|¨ 0A 00 00|˙ 04 00 00|¸ 00 00 04|˛ 00 00 02";

    /// <summary>Character, letter, mark.</summary>
    private const string Accented =
        "áa´ àa` âa^ ãa~ äa¨ ąa˛ ée´ èe` êe^ ëe¨ ęe˛ íi´ ìi` îi^ ïi¨ óo´ òo` ôo^ õo~ öo¨ úu´ ùu` ûu^ üu¨ çc¸ ćc´ ñn~ ńn´ śs´ źz´ żz˙ ýy´ "
        + "ÁA´ ÀA` ÂA^ ÃA~ ÄA¨ ÉE´ ÈE` ÊE^ ÍI´ ÎI^ ÓO´ ÔO^ ÕO~ ÖO¨ ÚU´ ÛU^ ÜU¨ ĆC´ ŃN´ ŚS´ ŹZ´ ŻZ˙";

    /// <summary>Those that are no letter with a mark, eight rows.</summary>
    private const string Whole = """
        å 04 0A 04 0E 01 0F 11 0F|æ 00 00 1A 05 0F 14 0B 00|ø 00 00 0E 13 15 19 0E 00|œ 00 00 0A 15 17 14 0B 00
        ł 0C 04 06 0C 04 04 0E 00|Ł 08 08 0A 0C 18 08 0F 00|Ą 0E 11 11 1F 11 11 11 02|Ę 1F 10 10 1E 10 10 1F 02|Ç 0E 11 10 10 10 11 0E 04|¿ 04 00 04 08 10 11 0E 00|¡ 04 00 04 04 04 04 04 00
        """;

    private static readonly FrozenDictionary<char, byte[]> Glyphs = Read();

    /// <summary>All characters that can be drawn, ASCII left out: every ROM has that.</summary>
    public static IEnumerable<char> Characters => Glyphs.Keys;

    /// <summary>Eight rows from the top, bit 4 the leftmost dot; null: there is no drawing.</summary>
    public static byte[]? Find(char character) => Glyphs.GetValueOrDefault(character);

    private static FrozenDictionary<char, byte[]> Read()
    {
        var glyphs = MatrixFont.Characters.Where(c => c > 0x7F && char.IsLetter(c))
            .ToDictionary(c => c, byte[] (c) => [.. MatrixFont.Rows(c), 0]);
        var (letters, marks) = (Rows(Letters), Rows(Marks));
        foreach (var one in Accented.Split(' '))
        {
            glyphs[one[0]] = [.. marks[one[2]][..2], .. letters[one[1]], .. letters[one[1]].Length == 5 ? marks[one[2]][2..] : []];
        }

        foreach (var (character, rows) in Rows(Whole))
        {
            glyphs[character] = rows;
        }

        return glyphs.ToFrozenDictionary();
    }

    private static Dictionary<char, byte[]> Rows(string table) => table.Split(['|', '\n'], StringSplitOptions.TrimEntries).ToDictionary(
        line => line[0],
        line => line[2..].Split(' ').Select(row => byte.Parse(row, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray());
}
