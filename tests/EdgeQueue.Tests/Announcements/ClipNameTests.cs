using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Tests.Announcements;

public sealed class ClipNameTests
{
    [Theory]
    [InlineData(", please go to counter", "please-go-to-counter")]
    [InlineData("Пройдите к окну", "пройдите-к-окну")]
    [InlineData("¡Atención!  Señores", "atención-señores")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("التَّذْكِرَة رَقْم", "التذكرة-رقم")]
    public void A_clip_is_named_after_the_words_that_it_says(string words, string name) =>
        Assert.Equal(name, ClipName.OfWords(words));

    [Fact]
    public void A_long_text_still_has_a_name_that_a_file_system_takes()
    {
        var name = ClipName.OfWords(string.Concat(Enumerable.Repeat("эвакуация ", 50)));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(name + ".wav") <= 255, name);
    }
}
