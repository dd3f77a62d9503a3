using EdgeQueue.Hardware.TextDisplays;

namespace EdgeQueue.Tests.Hardware.TextDisplays;

public sealed class CharacterRomTests
{
    /// <summary>Places of table 4 of the datasheet, read from it and not from the code.</summary>
    [Theory]
    [InlineData("a00", 'A', 0x41)]
    [InlineData("a00", '¥', 0x5C)]
    [InlineData("a00", 'ä', 0xE1)]
    [InlineData("a00", 'ñ', 0xEE)]
    [InlineData("a00", 'ü', 0xF5)]
    [InlineData("a02", '\\', 0x5C)]
    [InlineData("a02", 'Ж', 0x82)]
    [InlineData("a02", 'Э', 0x8F)]
    [InlineData("a02", 'Я', 0xAD)]
    [InlineData("a02", '¿', 0xBF)]
    [InlineData("a02", 'å', 0xE5)]
    [InlineData("a02", 'ø', 0xF8)]
    [InlineData("a02", 'Ф', 0xD8)]
    public void A_character_has_the_code_of_the_datasheet(string rom, char character, int code) =>
        Assert.Equal((byte)code, new TextDisplayModel("hd44780-" + rom).Rom.Code(character));

    [Fact]
    public void The_Japanese_ROM_has_an_arrow_where_ASCII_has_a_tilde_and_so_neither_tilde_nor_backslash()
    {
        Assert.Equal((byte)0x7E, CharacterRom.A00.Code('→'));
        Assert.Null(CharacterRom.A00.Written('~'));
        Assert.Null(CharacterRom.A00.Written('\\'));
    }

    [Fact]
    public void Letters_that_look_the_same_share_a_place_and_small_Cyrillic_ones_are_written_as_capitals()
    {
        Assert.Equal(CharacterRom.A02.Code('P'), CharacterRom.A02.Code('Р'));
        Assert.Equal('Ж', CharacterRom.A02.Written('ж'));
        Assert.Equal('Ь', CharacterRom.A02.Written('ь')); // drawn
        Assert.Null(CharacterRom.A02.Code('Ь'));
    }

    [Fact]
    public void No_drawing_is_empty_or_wider_than_five_dots_and_no_two_are_alike_but_for_twins()
    {
        foreach (var character in OwnGlyphs.Characters)
        {
            var rows = OwnGlyphs.Find(character)!;
            Assert.Equal(8, rows.Length);
            Assert.All(rows, row => Assert.InRange(row, 0, 0x1F));
            Assert.Contains(rows, row => row != 0);
        }

        var alike = OwnGlyphs.Characters.Where(c => c is < '\u0400' or > '\u04FF')
            .GroupBy(c => Convert.ToHexString(OwnGlyphs.Find(c)!)).Where(g => g.Count() > 1);
        Assert.Empty(alike.Select(g => string.Join(' ', g)));
    }
}
