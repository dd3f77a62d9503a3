using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.TextDisplays;

namespace EdgeQueue.Tests.Announcements;

/// <summary>What the dispenser shows and says: in every language, on every display that the configuration lets through.</summary>
public sealed class DeskWordsTests
{
    private static IEnumerable<(DeskPrompt Prompt, string Language)> All =>
        from prompt in Enum.GetValues<DeskPrompt>()
        from language in Languages.Codes
        select (prompt, language);

    [Fact]
    public void Every_prompt_has_words_in_every_language_and_fits_on_two_lines_with_the_longest_label()
    {
        foreach (var (prompt, language) in All)
        {
            var (first, second) = DeskWords.Lines(prompt, language, new string('W', DeskWords.LongestLabel));
            Assert.True(first.Trim().Length > 0, $"{prompt} in {language} is empty");
            Assert.True(first.Length <= DeskWords.LineLength && second.Length <= DeskWords.LineLength, $"{prompt} in {language}: '{first}' '{second}'");
        }
    }

    [Fact]
    public void Every_display_shows_every_prompt_in_the_languages_that_it_is_said_to_write_whatever_letters_a_label_has()
    {
        foreach (var chip in TextDisplayKind.Chips)
        {
            using var display = new TextDisplayModel(chip).Open("unix:/nowhere", 0x27);
            foreach (var (prompt, language) in All.Where(p => TextDisplayKind.Of(chip)!.WrittenLanguages.Contains(p.Language)))
            {
                var (first, second) = DeskWords.Lines(prompt, language, "ЮЯЬ00042");
                Assert.True(display.CanShow(first, second), $"{chip} cannot show {prompt} in {language}: '{first}' '{second}'");
            }
        }
    }

    [Fact]
    public void The_configuration_and_the_drivers_know_the_same_displays_and_no_language_is_kept_from_one_that_can_write_it()
    {
        Assert.Equal(TextDisplayModel.Chips.Order(StringComparer.Ordinal), TextDisplayKind.Chips.Order(StringComparer.Ordinal));
        foreach (var chip in TextDisplayKind.Chips)
        {
            using var display = new TextDisplayModel(chip).Open("unix:/nowhere", 0x27);
            foreach (var language in Languages.Codes.Except(TextDisplayKind.Of(chip)!.WrittenLanguages))
            {
                Assert.Contains(Enum.GetValues<DeskPrompt>(), prompt =>
                {
                    var (first, second) = DeskWords.Lines(prompt, language, "ЮЯЬ00042");
                    return !display.CanShow(first, second);
                });
            }
        }
    }

    [Fact]
    public void What_a_label_may_be_made_of_can_be_written_by_every_display()
    {
        for (var letter = ' '; letter < '\u0600'; letter++)
        {
            if (TextDisplayKind.CanShow(letter))
            {
                Assert.All(TextDisplayModel.Chips, chip => Assert.NotNull(new TextDisplayModel(chip).Rom.Written(letter)));
            }
        }
    }

    [Fact]
    public void The_label_is_shown_as_printed_and_spoken_as_it_is_called()
    {
        Assert.Equal("Ticket A042", DeskWords.Lines(DeskPrompt.Issued, "en", "A042").First);
        Assert.Equal(
            AnnouncementPhrases.For(new CallToSpeak("A042", "1"), "en").Parts.Where(p => p is not PhrasePart.Words).Select(p => p.Spoken).SkipLast(1),
            DeskWords.Spoken(DeskPrompt.Issued, "en", "A042")!.Parts.Where(p => p is not PhrasePart.Words).Select(p => p.Spoken));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("th-TH")]
    public void A_language_that_has_no_words_is_shown_and_spoken_in_English(string language)
    {
        Assert.Equal(DeskWords.Lines(DeskPrompt.Issued, "en", "A004"), DeskWords.Lines(DeskPrompt.Issued, language, "A004"));
        Assert.Equivalent(DeskWords.Spoken(DeskPrompt.Issued, "en", "A004"), DeskWords.Spoken(DeskPrompt.Issued, language, "A004"));
    }

    [Fact]
    public void What_hurries_nobody_is_silent_and_everything_else_is_spoken()
    {
        foreach (var (prompt, language) in All)
        {
            var silent = prompt is DeskPrompt.YourNumber or DeskPrompt.Wait or DeskPrompt.Evacuation;
            Assert.Equal(silent, DeskWords.Spoken(prompt, language, "A042") is null);
        }
    }

    [Fact]
    public void A_variant_of_a_language_has_its_words() =>
        Assert.Equal(DeskWords.Lines(DeskPrompt.NoPaper, "es"), DeskWords.Lines(DeskPrompt.NoPaper, "es-419"));
}
