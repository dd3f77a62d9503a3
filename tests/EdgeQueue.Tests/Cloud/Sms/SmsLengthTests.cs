using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Tests.Cloud.Sms;

/// <summary>3GPP TS 23.038 and TS 23.040 §9.2.3.24.1.</summary>
public sealed class SmsLengthTests
{
    [Fact]
    public void The_alphabet_has_127_characters_and_an_escape_and_ten_more_behind_it()
    {
        int one = Enumerable.Range(0, 65_536).Count(c => Gsm7.SeptetsOf((char)c) == 1);
        int two = Enumerable.Range(0, 65_536).Count(c => Gsm7.SeptetsOf((char)c) == 2);

        Assert.Equal((127, 10), (one, two));
        Assert.Equal(0, Gsm7.SeptetsOf('\u001B'));
    }

    [Theory]
    [InlineData("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", true)]
    [InlineData("{}[]~|\\^€", true)]
    [InlineData("ç", false)] // only the capital is there
    [InlineData("á", false)]
    [InlineData("`", false)]
    [InlineData("Привіт", false)]
    [InlineData("’", false)] // a curly apostrophe makes it three times as dear
    public void Only_what_the_alphabet_has_goes_in_seven_bits(string text, bool gsm) => Assert.Equal(gsm, SmsLength.Of(text).IsGsm7);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    public void Of_seven_bits_160_fit_alone_and_153_in_each_part(int letters, int parts) =>
        Assert.Equal(new SmsLength(true, letters, parts), SmsLength.Of(new string('a', letters)));

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Of_sixteen_bits_70_fit_alone_and_67_in_each_part(int letters, int parts) =>
        Assert.Equal(new SmsLength(false, letters, parts), SmsLength.Of(new string('ж', letters)));

    [Fact]
    public void An_escaped_character_counts_twice_and_is_never_torn_apart()
    {
        Assert.Equal(new SmsLength(true, 160, 1), SmsLength.Of(new string('€', 80)));
        // 152 and an escaped one: it goes whole into the second part, of which 153 are left less two.
        Assert.Equal(2, SmsLength.Of(new string('a', 152) + "€" + new string('a', 151)).Parts);
        Assert.Equal(3, SmsLength.Of(new string('a', 152) + "€" + new string('a', 152)).Parts);
        // The same number of septets without one at the seam.
        Assert.Equal(2, SmsLength.Of(new string('a', 306)).Parts);
    }

    [Fact]
    public void A_surrogate_pair_is_never_torn_apart()
    {
        Assert.Equal(new SmsLength(false, 70, 1), SmsLength.Of(string.Concat(Enumerable.Repeat("😀", 35))));
        // 67 is odd: 33 pairs a part.
        Assert.Equal(new SmsLength(false, 132, 2), SmsLength.Of(string.Concat(Enumerable.Repeat("😀", 66))));
        Assert.Equal(new SmsLength(false, 134, 3), SmsLength.Of(string.Concat(Enumerable.Repeat("😀", 67))));
    }
}
