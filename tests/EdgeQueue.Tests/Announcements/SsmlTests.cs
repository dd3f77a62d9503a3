using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Tests.Announcements;

public sealed class SsmlTests
{
    [Fact]
    public void An_English_A_is_marked_as_a_letter_and_not_left_to_be_an_article() =>
        Assert.Equal(
            "<speak>Ticket <say-as interpret-as=\"characters\">A</say-as> zero four two, please go to counter five</speak>",
            Ssml.Of(AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "en").Parts));

    [Fact]
    public void Markup_in_a_configured_text_is_only_text() =>
        Assert.Equal("<speak>a &lt;break/&gt; &amp; b</speak>", Ssml.Of(Phrase.FreeText("en", "a <break/> & b").Parts));

    [Fact]
    public void Arabic_is_given_to_the_voice_with_vowel_signs_and_shown_without()
    {
        var words = AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "ar").Parts[0];
        // T, shadda, fatha: with the vowel first, as text is stored, the engine would lose it.
        Assert.Contains("الت\u0651\u064Eذْكِرَة", Ssml.Of([words]), StringComparison.Ordinal);
        Assert.Equal("التذكرة رقم", words.Text);
        Assert.Equal("التذكرة-رقم", words.Clip);
    }

    [Fact]
    public void A_Ukrainian_ticket_has_one_name_which_the_voice_gets_in_two_parts()
    {
        var words = AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "uk").Parts[0];
        Assert.Contains("Та-лон", Ssml.Of([words]), StringComparison.Ordinal);
        Assert.Equal(("Талон", "талон"), (words.Text, words.Clip));

        foreach (var prompt in Enum.GetValues<DeskPrompt>())
        {
            var spoken = DeskWords.Spoken(prompt, "uk", "A042")?.Text ?? "";
            Assert.DoesNotContain("вит", spoken + string.Concat(DeskWords.Lines(prompt, "uk", "A042")), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u00AD', spoken);
        }
    }
}
