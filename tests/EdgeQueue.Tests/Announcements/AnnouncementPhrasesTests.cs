using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Tests.Announcements;

public sealed class AnnouncementPhrasesTests
{
    private static readonly CallToSpeak A042 = new("A042", "5");

    [Theory]
    [InlineData("en", "Ticket A 0 4 2, please go to counter 5")]
    [InlineData("de", "Nummer A 0 4 2, bitte zu Schalter 5")]
    [InlineData("nb", "Nummer A 42, vennligst gå til skranke 5")]
    [InlineData("es", "Turno A 42, pase al mostrador 5")]
    [InlineData("fr", "Ticket A 42, veuillez vous présenter au comptoir 5")]
    [InlineData("pt", "Senha A 42, dirija-se ao balcão 5")]
    [InlineData("pl", "Numer A 42, proszę podejść do stanowiska 5")]
    [InlineData("ru", "Талон A 42, стойка номер 5")]
    [InlineData("uk", "Талон A 42, стійка номер 5")]
    [InlineData("ar", "التذكرة رقم A 42، يرجى التوجه إلى الكاونتر رقم 5")]
    public void A_call_is_said_in_every_language_the_way_people_there_say_it(string language, string text) =>
        Assert.Equal(text, AnnouncementPhrases.For(A042, language).Text);

    [Fact]
    public void Every_language_has_words_for_every_kind_of_place()
    {
        foreach (var language in Languages.Codes)
        {
            foreach (var kind in Enum.GetValues<PlaceKind>())
            {
                var phrase = AnnouncementPhrases.For(new CallToSpeak("B7", "12", kind), language);
                Assert.Equal(["letter-b", "digit-7"], phrase.Parts.Select(part => part.Clip).Where(IsSpelled).Take(2));
                Assert.Equal("number-12", phrase.Parts[^1].Clip);
            }
        }

        static bool IsSpelled(string clip) => clip.StartsWith("letter-", StringComparison.Ordinal) || clip.StartsWith("digit-", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlaceKind.Window, "Талон A 42, окно номер 5")]
    [InlineData(PlaceKind.Room, "Талон A 42, пройдите в кабинет номер 5")]
    [InlineData(PlaceKind.Desk, "Талон A 42, стол номер 5")]
    public void A_room_and_a_window_have_their_own_words(PlaceKind kind, string text) =>
        Assert.Equal(text, AnnouncementPhrases.For(A042 with { Kind = kind }, "ru").Text);

    [Fact]
    public void A_branch_can_choose_digits_or_a_number()
    {
        Assert.Equal("Ticket A 42, please go to counter 5",
            AnnouncementPhrases.For(A042, "en", new PhraseOptions { TicketStyle = NumberStyle.Number }).Text);
        Assert.Equal("Nummer A 0 4 2, vennligst gå til skranke 1 2",
            AnnouncementPhrases.For(A042 with { Place = "12" }, "nb",
                new PhraseOptions { TicketStyle = NumberStyle.Digits, PlaceStyle = NumberStyle.Digits }).Text);
    }

    [Theory]
    [InlineData("A000", "A 0 0 0")]
    [InlineData("A1042", "A 1 0 4 2")]
    [InlineData("A900", "A 900")]
    [InlineData("AB-07", "A B 7")]
    [InlineData("a7", "A 7")]
    [InlineData("A٠٤٢", "A 42")]
    [InlineData("042", "42")]
    public void A_label_of_any_shape_is_taken_apart(string label, string spoken) =>
        Assert.StartsWith($"Nummer {spoken},", AnnouncementPhrases.For(new CallToSpeak(label, "5"), "nb").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("A042", "40 два")]
    [InlineData("A007", "семь")]
    [InlineData("A100", "сто")]
    [InlineData("A117", "сто семнадцать")]
    [InlineData("A347", "триста 40 семь")]
    [InlineData("A920", "девятьсот двадцать")]
    [InlineData("A010", "десять")]
    public void Russian_numbers_are_given_to_the_voice_as_it_says_them_right(string label, string words) =>
        Assert.Equal(words, AnnouncementPhrases.For(new CallToSpeak(label, "5"), "ru").Parts[2].Spoken);

    [Fact]
    public void Norwegian_W_keeps_its_t() =>
        Assert.Equal("dobbelt-ve", AnnouncementPhrases.For(new CallToSpeak("W1", "5"), "nb").Parts[1].Spoken);

    [Fact]
    public void A_counter_may_be_called_B2()
    {
        var parts = AnnouncementPhrases.For(A042 with { Place = "B2" }, "en").Parts;
        Assert.Equal(["letter-b", "digit-2"], parts.TakeLast(2).Select(part => part.Clip));
    }

    [Fact]
    public void Latin_and_Cyrillic_A_are_different_clips()
    {
        Assert.Equal("letter-a", AnnouncementPhrases.For(A042, "ru").Parts[1].Clip);
        Assert.Equal("letter-u0410", AnnouncementPhrases.For(A042 with { Label = "А042" }, "ru").Parts[1].Clip);
    }

    [Fact]
    public void A_Latin_letter_is_called_by_its_Russian_name_and_not_left_to_an_English_voice()
    {
        var letter = Assert.IsType<PhrasePart.Letter>(AnnouncementPhrases.For(new CallToSpeak("W1", "5"), "ru").Parts[1]);
        Assert.Equal("дубль-вэ", letter.Spoken);
        Assert.Equal("W", letter.Text);
        Assert.False(letter.ByEngine);
    }

    [Fact]
    public void Every_Latin_letter_has_a_name_in_every_language()
    {
        foreach (var language in Languages.Codes)
        {
            Assert.Empty(AnnouncementPhrases.LettersWithoutName("ABCDEFGHIJKLMNOPQRSTUVWXYZ", language));
        }
    }

    [Fact]
    public void Every_Cyrillic_letter_has_a_name_except_in_Arabic()
    {
        const string Cyrillic = "АБВГҐДЕЁЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ";
        foreach (var language in Languages.Codes.Where(code => code != "ar"))
        {
            Assert.Empty(AnnouncementPhrases.LettersWithoutName(Cyrillic, language));
        }

        Assert.Equal(['Ж'], AnnouncementPhrases.LettersWithoutName("Ж042", "ar"));
    }

    [Fact]
    public void A_region_of_a_language_uses_its_words_and_an_unknown_language_is_named()
    {
        Assert.Equal("en", Languages.Find("en-US")!.Code);
        Assert.Equal("nb", Languages.Find("no")!.Code);
        Assert.Null(Languages.Find("tlh"));
        var error = Assert.Throws<ArgumentException>(() => AnnouncementPhrases.For(A042, "tlh"));
        Assert.Contains("\"tlh\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evacuation_is_free_text() =>
        Assert.Equal("Leave the building!", Phrase.FreeText("en", "Leave the building!").Text);
}
