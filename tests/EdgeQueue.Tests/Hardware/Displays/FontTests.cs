using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Tests.Hardware.Displays;

public sealed class FontTests
{
    private const string CyrillicTwins = "АВЕІКМНОРСТХ";

    [Fact]
    public void No_two_characters_of_a_font_look_the_same()
    {
        Distinct(SevenSegmentFont.Characters, c => SevenSegmentFont.Glyph(c).ToString());
        Distinct(FourteenSegmentFont.Characters, c => FourteenSegmentFont.Glyph(c).ToString());
        Distinct(MatrixFont.Characters.Except(CyrillicTwins), c => Convert.ToHexString(MatrixFont.Rows(c)));
    }

    [Fact]
    public void Arrows_look_like_no_character_of_fourteen_segments()
    {
        var glyphs = FourteenSegmentFont.Characters.Select(FourteenSegmentFont.Glyph).ToHashSet();

        Assert.All(
            [Arrow.Left, Arrow.Right, Arrow.Up, Arrow.Down],
            arrow => Assert.DoesNotContain(FourteenSegmentFont.Glyph(arrow), glyphs));
    }

    [Fact]
    public void Every_digit_can_be_shown_everywhere()
    {
        Assert.True(SevenSegmentFont.Instance.CanShow("0123456789 -"));
        Assert.True(FourteenSegmentFont.Instance.CanShow("0123456789 -"));
        Assert.True(MatrixFont.Instance.CanShow("0123456789 -"));
    }

    [Fact]
    public void Fourteen_segments_and_matrices_show_all_latin_letters_in_either_case()
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        Assert.True(FourteenSegmentFont.Instance.CanShow(Letters));
        Assert.True(MatrixFont.Instance.CanShow(Letters));
    }

    [Fact]
    public void Matrices_show_the_russian_and_ukrainian_alphabets_and_segments_do_not()
    {
        const string Letters = "АБВГҐДЕЁЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ";
        Assert.True(MatrixFont.Instance.CanShow(Letters));
        Assert.All(Letters, letter => Assert.False(FourteenSegmentFont.Instance.CanShow($"{letter}")));
        Assert.All(Letters, letter => Assert.False(SevenSegmentFont.Instance.CanShow($"{letter}")));
    }

    [Fact]
    public void Seven_segments_refuse_letters_that_would_be_read_as_others() =>
        Assert.All("KMSVWXZ", letter => Assert.False(SevenSegmentFont.Instance.CanShow($"{letter}")));

    [Fact]
    public void Every_matrix_glyph_has_seven_rows_of_five_dots() =>
        Assert.All(MatrixFont.Characters, character =>
        {
            Assert.Equal(7, MatrixFont.Rows(character).Length);
            Assert.All(MatrixFont.Rows(character).ToArray(), row => Assert.InRange(row, 0, 0x1F));
        });

    private static void Distinct(IEnumerable<char> characters, Func<char, string> look) =>
        Assert.All(characters.GroupBy(look), same => Assert.Single(same));
}
