using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Tests.Announcements;

public sealed class PhraseTemplateTests
{
    [Fact]
    public void A_branch_can_have_its_own_words_divided_into_clips()
    {
        var options = new PhraseOptions { Template = "Now serving | number {label} at | window {place} thank you" };
        var phrase = AnnouncementPhrases.For(new CallToSpeak("A7", "5"), "en", options);
        Assert.Equal(["now-serving", "number", "letter-a", "digit-7", "at", "window", "digit-5", "thank-you"], phrase.Parts.Select(part => part.Clip));
    }

    [Theory]
    [InlineData("Ticket {label")]
    [InlineData("Ticket label}")]
    [InlineData("Ticket {number}")]
    [InlineData("Go to {place}")]
    [InlineData("")]
    public void A_template_that_cannot_be_spoken_is_explained(string text)
    {
        var (template, fault) = PhraseTemplate.Parse(text);
        Assert.Null(template);
        Assert.Contains("{label}", fault, StringComparison.Ordinal);
        Assert.Contains($"\"{text}\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_need_not_be_said() => Assert.Null(PhraseTemplate.Parse("Next, please: {label}").Fault);
}
