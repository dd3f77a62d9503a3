using EdgeQueue.Core.Announcements;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Speech;

/// <summary>Needs libespeak-ng1 and espeak-ng-data.</summary>
public sealed class EspeakSpeakerTests
{
    private static EspeakSpeaker Opened(params string[] languages)
    {
        var speaker = new EspeakSpeaker(languages);
        speaker.Open();
        return speaker;
    }

    [Fact]
    public void The_same_call_gives_the_same_samples_whatever_was_said_between()
    {
        var speaker = Opened("en", "ru", "ar");
        var call = Ssml.Of(AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "en").Parts);
        var first = speaker.Speak("en", call);
        speaker.Speak("ru", "Пройдите к окну");
        speaker.Speak("ar", "42");
        speaker.Speak("en", "Something of another length");
        Assert.InRange(first.Length, 2 * Pcm.SampleRate, 8 * Pcm.SampleRate);
        Assert.Equal(first, speaker.Speak("en", call));
    }

    [Fact]
    public void A_language_without_a_voice_stops_the_start_and_is_named()
    {
        var error = Assert.Throws<SpeechUnavailableException>(() => Opened("nb", "tlh-KLI", "xx"));
        Assert.Contains("tlh-KLI, xx", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_was_not_opened_is_not_spoken_with_another_voice()
    {
        var speaker = Opened("en");
        Assert.Throws<InvalidOperationException>(() => speaker.Speak("nb", "Nummer"));
    }

    [Theory]
    [InlineData("en-GB", "fˈaɪv")]
    [InlineData("no", "fˈɛm")]
    [InlineData("fr", "sˈɛ̃k")]
    [InlineData("pt-BR", "sˈiŋkʊ")]
    public void Names_that_the_engine_does_not_know_find_their_voice(string language, string five) =>
        Assert.Equal(five, Opened(language).Phonemes(language, "<speak>5</speak>"));

    [Fact]
    public void Every_language_that_has_words_has_a_voice() => Opened([.. Languages.Codes]);
}
