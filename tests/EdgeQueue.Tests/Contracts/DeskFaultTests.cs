using System.Text.Json.Nodes;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

/// <summary>Number pad, scanner, two lines and voice of a dispenser in the configuration.</summary>
public sealed class DeskFaultTests
{
    private const string Dispenser = "$.nodes[0].units[0].dispenser";

    [Theory]
    [InlineData(".checkIn", "{}", ".checkIn", "Nothing can be typed or scanned")]
    [InlineData(".screen", null, ".checkIn.keypad", "People must see what they type")]
    [InlineData(".checkIn.bookingDigits", "[4, 8]", ".checkIn.phoneDigits", "A number of 8 digits could be a booking's")]
    [InlineData(".checkIn.bookingDigits", "[7, 4]", ".checkIn.bookingDigits", "are more than the most")]
    [InlineData(".checkIn.bookingDigits", "[4]", ".checkIn.bookingDigits", "at least 2")]
    [InlineData(".checkIn.timeOutSeconds", "1", ".checkIn.timeOutSeconds", "out of range")]
    [InlineData(".checkIn.keypad.keys", """{"KEY_KPDOTT":"clear"}""", ".checkIn.keypad.keys.KEY_KPDOTT", "Did you mean 'KEY_KPDOT'?")]
    [InlineData(".checkIn.keypad.keys", """{"KEY_KPDOT":"klear"}""", ".checkIn.keypad.keys.KEY_KPDOT", "Did you mean 'clear'?")]
    [InlineData(".checkIn.scanner.input", "\"scanner\"", ".checkIn.scanner.input", "not a path from the root")]
    [InlineData(".checkIn.scanner.input", "\"/dev/usb/lp0\"", ".checkIn.scanner.input", "Two units cannot own")]
    [InlineData(".screen.chip", "\"hd44780-a2\"", ".screen.chip", "Did you mean 'hd44780-a02'?")]
    [InlineData(".screen.instead", "{}", ".screen", "cannot write 'ar'. Say what it shows instead, one of: nb, en, uk")]
    [InlineData(".screen.instead", """{"ar":"ar"}""", ".screen.instead.ar", "cannot stand for 'ar'")]
    [InlineData(".screen.instead", """{"ar":"de"}""", ".screen.instead.ar", "must be a language of the branch")]
    [InlineData(".screen.instead", """{"ar":"en","nb":"en"}""", ".screen.instead.nb", "Nothing has to stand for 'nb'")]
    [InlineData(".screen.address", "48", ".screen.address", "neither at 48")]
    [InlineData(".screen.columns", "40", ".screen.columns", "16")]
    [InlineData(".screen.path", "\"i2c-1\"", ".screen.path", "not a path from the root")]
    [InlineData(".printer.widthDots", "200", ".printer.widthDots", "out of range")]
    [InlineData(".printer.widthDots", "380", ".printer.widthDots", "no multiple of 8")]
    [InlineData(".printer.template", """["label", "nope"]""", ".printer.template[1]", "is not a line of a ticket")]
    [InlineData(".printer.template", """["label 4000"]""", ".printer.template[0]", "is not a number from 1 to 400")]
    [InlineData(".printer.template", """["branch", "time"]""", ".printer.template", "nobody would know their number")]
    [InlineData(".speech.night", """["00:00","24:00"]""", ".speech.night", "begins and ends at the same time")]
    [InlineData(".speech.clips", "\"clips\"", ".speech.clips", "not a path from the root")]
    public void A_desk_that_nobody_could_use_is_refused(string place, string? json, string at, string sentence)
    {
        var faults = new BrokenBranch().With(Dispenser + place, json).Faults();

        Assert.Contains(faults, f => f.Path == Dispenser + at && f.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(".buttons[0].attributes", """["veterna"]""", ".buttons[0].attributes[0]", "No rule of $.segmentRules looks at 'veterna'")]
    [InlineData(".buttons[0].attributes", """["veterna"]""", ".buttons[0].attributes[0]", "Did you mean 'veteran'?")]
    [InlineData(".buttons[0].steps", """[{"service": "kash"}]""", ".buttons[0].steps[0].service", "There is no 'kash' in services")]
    [InlineData(".buttons[0].steps", """[{"service": "cash", "operator": "ana"}]""", ".buttons[0].steps[0].operator", "Did you mean 'anna'?")]
    [InlineData(".buttons[0].bestOrder", "true", ".buttons[0].bestOrder", "There is nothing to put in order")]
    [InlineData(".buttons[0].people", "1", ".buttons[0].people", "out of range")]
    [InlineData(".buttons[10].people", "4", ".buttons[10].ask[0]", "already that they are 4")]
    [InlineData(".buttons[0].ask", """["peopel"]""", ".buttons[0].ask[0]", "Did you mean 'people'?")]
    [InlineData(".buttons[0].ask", """["case", "case"]""", ".buttons[0].ask[1]", "is already at")]
    [InlineData(".checkIn.keypad", null, ".buttons[10].ask[0]", "Nobody can answer this")]
    public void A_button_that_leads_nowhere_is_refused(string place, string? json, string at, string sentence)
    {
        var faults = new BrokenBranch().With(Dispenser + place, json).Faults();

        Assert.Contains(faults, f => f.Path == Dispenser + at && f.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_needs_a_desk_and_no_bookings_but_who_it_is_needs_the_country_of_phone_numbers()
    {
        Assert.DoesNotContain(
            new BrokenBranch().With("$.checkIn", null).With(Dispenser + ".checkIn.scanner", null).Faults(), f => f.Path.Contains("ask", StringComparison.Ordinal));
        Assert.Contains(
            new BrokenBranch().With("$.checkIn", null).With(Dispenser + ".buttons[10].ask", """["person"]""").Faults(),
            f => f.Path == Dispenser + ".buttons[10].ask[0]" && f.Sentence.Contains("country code", StringComparison.Ordinal));
    }

    [Fact]
    public void Priorities_that_nobody_may_give_are_refused() => Assert.Contains(
        new BrokenBranch().With("$.workProfiles[0].setPriority", null).Faults(),
        f => f.Path == "$.nodes[1].units[1].keypad.priorities" && f.Sentence.Contains("setPriority", StringComparison.Ordinal));

    [Fact]
    public void A_language_without_words_cannot_be_spoken_at_the_desk() => Assert.Contains(
        new BrokenBranch().With("$.languages[3]", "\"fi\"").Faults(),
        f => f.Path == "$.languages[3]" && f.Sentence.Contains("dispenser.speech speaks 'fi'", StringComparison.Ordinal));

    [Fact]
    public void A_desk_in_a_branch_that_takes_no_bookings_is_refused() => Assert.Contains(
        new BrokenBranch().With("$.checkIn", null).With(Dispenser + ".buttons[10].ask", null).Faults(),
        f => f.Path == Dispenser + ".checkIn" && f.Sentence.Contains("takes no bookings", StringComparison.Ordinal));

    [Fact]
    public void A_scanner_alone_needs_no_screen_and_a_screen_alone_no_scanner()
    {
        Assert.Empty(new BrokenBranch().With(Dispenser + ".buttons[10].ask", null).With(Dispenser + ".checkIn.keypad", null).With(Dispenser + ".screen", null).Faults());
        Assert.Empty(new BrokenBranch().With(Dispenser + ".buttons[10].ask", null).With(Dispenser + ".checkIn", null).Faults());
    }

    [Fact]
    public void The_schema_names_the_displays_that_there_are()
    {
        var schema = JsonNode.Parse(BranchConfigurationLoader.Schema().Span)!;
        var chips = schema["$defs"]!["screen"]!["properties"]!["chip"]!["enum"]!.AsArray().Select(c => (string)c!);

        Assert.Equal(TextDisplayKind.Chips.Order(StringComparer.Ordinal), chips.Order(StringComparer.Ordinal));
        Assert.All(TextDisplayKind.Chips, chip => Assert.Subset(Languages.Codes.ToHashSet(), TextDisplayKind.Of(chip)!.WrittenLanguages.ToHashSet()));
    }
}
