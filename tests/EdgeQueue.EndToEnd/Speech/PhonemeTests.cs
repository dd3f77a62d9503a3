using System.Runtime.CompilerServices;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Speech;

/// <summary>What a hall hears, without ears: the sounds of each label against published names of letters and digits.</summary>
public sealed class PhonemeTests
{
    private static readonly string[] Tested = ["ar", "en", "es", "nb", "ru", "uk"];
    private static readonly ILookup<string, (string Sign, string Ipa)> Table = Read().ToLookup(row => row.Language, row => (row.Sign, row.Ipa));
    private readonly EspeakSpeaker speaker = new(Tested);

    public PhonemeTests() => speaker.Open();

    public static TheoryData<string> Languages => new(Tested);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_letter_and_digit_is_called_by_its_name(string language)
    {
        var wrong = Table[language].Where(row => !Same(language, row.Ipa, Said(language, row.Sign)))
            .Select(row => $"{row.Sign}: should be [{row.Ipa}], is [{Said(language, row.Sign)}]");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("en", "A42")]
    [InlineData("en", "B917")]
    [InlineData("nb", "A042")]
    [InlineData("nb", "W38")]
    [InlineData("es", "C26")]
    [InlineData("es", "Z914")]
    [InlineData("ru", "Б12")]
    [InlineData("ru", "M35")]
    [InlineData("uk", "Г42")]
    [InlineData("uk", "B68")]
    [InlineData("ar", "A042")]
    [InlineData("ar", "D59")]
    public void A_whole_label_inside_its_phrase_is_said_sign_by_sign(string language, string label)
    {
        var names = label.Select(sign => Table[language].Single(row => row.Sign == sign.ToString()).Ipa);
        var phrase = AnnouncementPhrases.For(new CallToSpeak(label, "5"), language, new PhraseOptions { TicketStyle = NumberStyle.Digits });
        var said = PhonemeFolding.Fold(language, speaker.Phonemes(language, Ssml.Of(phrase.Parts)));
        Assert.Contains(PhonemeFolding.Fold(language, string.Concat(names)), said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "A", "A 42")] // the article: [ɐ]
    [InlineData("ru", "B", "B")] // an English voice in a Russian sentence
    [InlineData("uk", "B", "B")]
    [InlineData("ar", "B", "B")]
    [InlineData("uk", "Г", "<say-as interpret-as=\"characters\">Г</say-as>")] // as Ґ
    [InlineData("es", "H", "Ha")]
    [InlineData("nb", "1", "ein")]
    public void Without_our_tables_the_test_would_hear_the_fault(string language, string sign, string ssml)
    {
        var name = PhonemeFolding.Fold(language, Table[language].Single(row => row.Sign == sign).Ipa);
        var said = PhonemeFolding.Fold(language, speaker.Phonemes(language, $"<speak>{ssml}</speak>"));
        Assert.False(said.StartsWith(name, StringComparison.Ordinal), $"[{said}] begins with [{name}]");
    }

    [Fact]
    public void Russian_forty_is_stressed_on_its_first_syllable()
    {
        Assert.StartsWith("sˈo", Said("ru", "40"), StringComparison.Ordinal);
        Assert.StartsWith("sˈo", Said("ru", "47"), StringComparison.Ordinal);
        Assert.StartsWith("sʌrˈo", speaker.Phonemes("ru", "<speak>сорок</speak>"), StringComparison.Ordinal); // why a figure is given
    }

    // Stress after "Stress of numerals" (ukrainianlanguage.uk/stress/numerals) and "Cardinal numbers in Ukrainian" (uaru-online.com): одина́дцять,
    // двана́дцять, чотирна́дцять, сімдеся́т, вісімдеся́т, дві́сті, чоти́риста, п'ятсо́т, шістсо́т, вісімсо́т; vowels and consonants by the spelling.
    [Theory]
    [InlineData("11", "dinˈɑdtsjat")]
    [InlineData("12", "dvanˈɑdtsjat")]
    [InlineData("14", "tirnˈɑdtsjat")]
    [InlineData("40", "sˈorok")]
    [InlineData("70", "sˈjat")]
    [InlineData("80", "sˈjat")]
    [InlineData("90", "janˈosto")]
    [InlineData("200", "dvˈisti")]
    [InlineData("400", "tˈirista")]
    [InlineData("500", "pjatsˈot")]
    [InlineData("600", "ʃistsˈot")]
    [InlineData("800", "visimsˈot")]
    [InlineData("812", "dvanˈɑdtsjat")]
    public void Ukrainian_numbers_are_said_and_stressed_as_Ukrainian(string number, string sounds) =>
        Assert.Contains(sounds, Said("uk", number), StringComparison.Ordinal);

    [Theory]
    [InlineData("12", "dvanˈɑdtsjat")]
    [InlineData("200", "dvˈisti")]
    [InlineData("600", "ʃistsˈot")]
    public void Without_words_a_Ukrainian_number_would_come_out_wrong(string number, string sounds) =>
        Assert.DoesNotContain(sounds, speaker.Phonemes("uk", $"<speak>{number}</speak>"), StringComparison.Ordinal);

    // The stress as people have it: тало́н (Ukrainian: on both syllables, SoftHyphen), сті́йка, віко́нце, кабіне́т; тало́н, сто́йка, окно́, кабине́т. Arabic: every vowel sign of التَّذْكِرَة is heard.
    // "kˈɑ" is the name of the letter К, which no Russian preposition sounds like.
    [Theory]
    [InlineData("ru", PlaceKind.Counter, "taɭˈon", "stˈojka")]
    [InlineData("ru", PlaceKind.Desk, "taɭˈon", "stˈoɭ ")]
    [InlineData("ru", PlaceKind.Window, "taɭˈon", "ʌknˈo")]
    [InlineData("ru", PlaceKind.Room, "taɭˈon", "kʌbʲinʲˈet")]
    [InlineData("uk", PlaceKind.Counter, "ɭˈon", "stˈijka")]
    [InlineData("uk", PlaceKind.Desk, "ɭˈon", "stˈiɭ ")]
    [InlineData("uk", PlaceKind.Window, "ɭˈon", "vikˈonts")]
    [InlineData("uk", PlaceKind.Room, "ɭˈon", "kabinˈet")]
    [InlineData("ar", PlaceKind.Counter, "ʔattːaðk", "ʔalkaːwnt")]
    [InlineData("ar", PlaceKind.Window, "ʔattːaðk", "ʃʃˈubːaːk")]
    public void The_words_around_the_number_sound_as_people_say_them(string language, PlaceKind kind, string ticket, string place)
    {
        var said = speaker.Phonemes(language, Ssml.Of(AnnouncementPhrases.For(new CallToSpeak("B3", "5", kind), language).Parts));

        Assert.Contains(ticket, said, StringComparison.Ordinal);
        Assert.Contains(place, said, StringComparison.Ordinal);
        Assert.DoesNotContain("kˈɑ ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("44")]
    [InlineData("77")]
    [InlineData("94")]
    [InlineData("199")]
    public void No_Arabic_number_has_a_q(string number)
    {
        Assert.DoesNotContain("q", Said("ar", number), StringComparison.Ordinal);
        Assert.Contains("uːn", Said("ar", number), StringComparison.Ordinal);
    }

    private string Said(string language, string sign) => speaker.Phonemes(language, Ssml.Of(AnnouncementPhrases.For(
        new CallToSpeak(sign, ""), language, new PhraseOptions { Template = "{label}", TicketStyle = NumberStyle.Number }).Parts));

    private static bool Same(string language, string ipa, string said) =>
        PhonemeFolding.Fold(language, ipa) == PhonemeFolding.Fold(language, said);

    private static IEnumerable<(string Language, string Sign, string Ipa)> Read([CallerFilePath] string here = "") =>
        from line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "PhonemeTable.tsv"))
        where !line.StartsWith('#')
        let cells = line.Split('\t')
        select (cells[0], cells[1], cells[2]);
}
