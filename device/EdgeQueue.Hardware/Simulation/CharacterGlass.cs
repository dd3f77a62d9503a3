using System.Collections.Frozen;
using System.Globalization;
using EdgeQueue.Hardware.TextDisplays;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// The glass in front of a <see cref="Hd44780Chip"/>: which dots of 5×8 cells are dark, and what a person would read. ASCII is
/// drawn as the ROM has it; its other characters, whose dots the datasheet only prints small, as <see cref="OwnGlyphs"/> has them.
/// </summary>
public sealed class CharacterGlass(Hd44780Chip chip, CharacterRom rom, int columns)
{
    public const int CellWidth = 5;
    public const int CellHeight = 8;

    /// <summary>Seven rows from the top, bit 4 the leftmost dot; parted by broken bars, because the bar is a character.</summary>
    private const string Table = """
        ! 04 04 04 04 04 00 04¦" 0A 0A 0A 00 00 00 00¦# 0A 0A 1F 0A 1F 0A 0A¦$ 04 0F 14 0E 05 1E 04¦% 18 19 02 04 08 13 03
        & 08 14 14 08 15 12 0D¦' 06 06 04 08 00 00 00¦( 02 04 08 08 08 04 02¦) 08 04 02 02 02 04 08¦* 04 15 0E 1F 0E 15 04
        + 00 04 04 1F 04 04 00¦, 00 00 00 00 0C 04 08¦- 00 00 00 1F 00 00 00¦. 00 00 00 00 00 0C 0C¦/ 00 01 02 04 08 10 00
        0 0E 11 13 15 19 11 0E¦1 04 0C 04 04 04 04 0E¦2 0E 11 01 02 04 08 1F¦3 1F 02 04 02 01 11 0E¦4 02 06 0A 12 1F 02 02
        5 1F 10 1E 01 01 11 0E¦6 06 08 10 1E 11 11 0E¦7 1F 01 02 04 08 08 08¦8 0E 11 11 0E 11 11 0E¦9 0E 11 11 0F 01 02 0C
        : 00 0C 0C 00 0C 0C 00¦; 00 0C 0C 00 0C 04 08¦< 02 04 08 10 08 04 02¦= 00 00 1F 00 1F 00 00¦> 08 04 02 01 02 04 08
        ? 0E 11 01 02 04 00 04¦@ 0E 11 01 0D 15 15 0E¦A 0E 11 11 11 1F 11 11¦B 1E 11 11 1E 11 11 1E¦C 0E 11 10 10 10 11 0E
        D 1C 12 11 11 11 12 1C¦E 1F 10 10 1E 10 10 1F¦F 1F 10 10 1E 10 10 10¦G 0E 11 10 17 11 11 0F¦H 11 11 11 1F 11 11 11
        I 0E 04 04 04 04 04 0E¦J 07 02 02 02 02 12 0C¦K 11 12 14 18 14 12 11¦L 10 10 10 10 10 10 1F¦M 11 1B 15 15 11 11 11
        N 11 11 19 15 13 11 11¦O 0E 11 11 11 11 11 0E¦P 1E 11 11 1E 10 10 10¦Q 0E 11 11 11 15 12 0D¦R 1E 11 11 1E 14 12 11
        S 0F 10 10 0E 01 01 1E¦T 1F 04 04 04 04 04 04¦U 11 11 11 11 11 11 0E¦V 11 11 11 11 11 0A 04¦W 11 11 11 15 15 15 0A
        X 11 11 0A 04 0A 11 11¦Y 11 11 11 0A 04 04 04¦Z 1F 01 02 04 08 10 1F¦[ 0E 08 08 08 08 08 0E¦] 0E 02 02 02 02 02 0E
        ^ 04 0A 11 00 00 00 00¦_ 00 00 00 00 00 00 1F¦` 08 04 02 00 00 00 00¦a 00 00 0E 01 0F 11 0F¦b 10 10 16 19 11 11 1E
        c 00 00 0E 10 10 11 0E¦d 01 01 0D 13 11 11 0F¦e 00 00 0E 11 1F 10 0E¦f 06 09 08 1C 08 08 08¦g 00 0F 11 11 0F 01 0E
        h 10 10 16 19 11 11 11¦i 04 00 0C 04 04 04 0E¦j 02 00 06 02 02 12 0C¦k 10 10 12 14 18 14 12¦l 0C 04 04 04 04 04 0E
        m 00 00 1A 15 15 11 11¦n 00 00 16 19 11 11 11¦o 00 00 0E 11 11 11 0E¦p 00 00 1E 11 1E 10 10¦q 00 00 0D 13 0F 01 01
        r 00 00 16 19 10 10 10¦s 00 00 0E 10 0E 01 1E¦t 08 08 1C 08 08 09 06¦u 00 00 11 11 11 13 0D¦v 00 00 11 11 11 0A 04
        w 00 00 11 11 15 15 0A¦x 00 00 11 0A 04 0A 11¦y 00 00 11 11 0F 01 0E¦z 00 00 1F 02 04 08 1F¦{ 02 04 04 08 04 04 02
        | 04 04 04 04 04 04 04¦} 08 04 04 02 04 04 08¦~ 00 00 00 0D 12 00 00¦→ 00 04 02 1F 02 04 00¦← 00 04 08 1F 08 04 00
        \ 00 10 08 04 02 01 00
        """;

    private static readonly FrozenDictionary<char, byte[]> Ascii = Table.Split(['\u00A6', '\n']).Select(one => one.TrimStart()).ToFrozenDictionary(
        one => one[0],
        byte[] (one) => [.. one[2..].Split(' ').Select(row => byte.Parse(row, NumberStyles.HexNumber, CultureInfo.InvariantCulture)), 0]);

    private static readonly FrozenDictionary<string, char> Drawn = OwnGlyphs.Characters
        .GroupBy(c => Convert.ToHexString(OwnGlyphs.Find(c)!))
        .ToFrozenDictionary(g => g.Key, g => g.Min());

    public int Columns => columns;

    /// <summary>One line as a person reads it, without blanks at its end; a pattern that is no character reads as <c>?</c>.</summary>
    /// <param name="line">0 or 1.</param>
    public string Text(int line) => string.Concat(Enumerable.Range(0, columns).Select(column => Read(chip.Code(line, column)))).TrimEnd();

    /// <summary>Eight rows of a cell, bit 4 the leftmost dot.</summary>
    public byte[] Dots(int line, int column)
    {
        var code = chip.Code(line, column);
        if (code < 0x10)
        {
            return chip.Own(code).ToArray();
        }

        return rom.Character(code) is not { } character ? Enumerable.Repeat((byte)0x1F, CellHeight).ToArray()
            : character == ' ' ? new byte[CellHeight]
            : Ascii.GetValueOrDefault(character) ?? OwnGlyphs.Find(character) ?? [0x1F, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1F, 0];
    }

    private char Read(byte code) => code < 0x10
        ? Drawn.GetValueOrDefault(Convert.ToHexString(chip.Own(code)), '?')
        : rom.Character(code) ?? '?';
}
