using EdgeQueue.Core.Announcements;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Speech;

public sealed class PhraseRendererTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eq-clips").FullName;

    /// <summary>Remembers what it was asked to say; every utterance is 100 loud samples.</summary>
    private sealed class NotingSpeaker : ISpeaker
    {
        public List<string> Said { get; } = [];

        public short[] Speak(string language, string ssml)
        {
            Said.Add($"{language}: {ssml}");
            return [.. Enumerable.Repeat((short)9000, 100)];
        }
    }

    private static Phrase English(string label = "A042") => AnnouncementPhrases.For(new CallToSpeak(label, "5"), "en");

    private void Record(string language, string clip, short loudness) => Write(language, clip, WavFile.Write(Enumerable.Repeat(loudness, 50).ToArray()));

    private void Write(string language, string clip, byte[] file)
    {
        Directory.CreateDirectory(Path.Combine(folder, language));
        File.WriteAllBytes(Path.Combine(folder, language, clip + ".wav"), file);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_clips_a_phrase_is_one_utterance()
    {
        var speaker = new NotingSpeaker();
        new PhraseRenderer(speaker, ClipLibrary.Empty, []).Render([English()], withChime: false);
        Assert.Equal(["en: " + Ssml.Of(English().Parts)], speaker.Said);
    }

    [Fact]
    public void Recorded_words_are_played_in_their_place_and_only_the_others_are_synthesised()
    {
        Record("en", "letter-a", 1000);
        Record("en", "please-go-to-counter", 2000);
        Record("nb", "ticket", 3000); // of another language: not for this phrase
        var (clips, faults) = ClipLibrary.Scan(folder);
        var speaker = new NotingSpeaker();
        var sound = new PhraseRenderer(speaker, clips, []).Render([English()], withChime: false);

        Assert.Empty(faults);
        Assert.Equal(["en: <speak>Ticket</speak>", "en: <speak>zero four two</speak>", "en: <speak>five</speak>"], speaker.Said);
        Assert.Equal([9000, 1000, 9000, 2000, 9000], Pieces(sound));
    }

    [Fact]
    public void The_chime_comes_once_and_the_languages_follow_one_another()
    {
        var renderer = new PhraseRenderer(new NotingSpeaker(), ClipLibrary.Empty, [500, 500]);
        Assert.Equal([500, 9000, 9000], Pieces(renderer.Render([English(), Phrase.FreeText("nb", "Brann")])));
        Assert.Equal([9000], Pieces(renderer.Render([English()], withChime: false)));
    }

    [Fact]
    public void A_clip_of_another_rate_is_refused_with_the_command_that_converts_it_and_the_word_is_synthesised()
    {
        var file = WavFile.Write(new short[50]);
        file[24] = 0x44; file[25] = 0xAC; // 44,100 Hz
        Write("en", "ticket", file);
        Write("en", "letter-a", "not sound"u8.ToArray());
        var (clips, faults) = ClipLibrary.Scan(folder);
        Assert.Equal(0, clips.Count);
        Assert.Contains(faults, fault => fault.Contains("44100 Hz", StringComparison.Ordinal) && fault.Contains("sox ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("letter-a.wav is not a WAV file", StringComparison.Ordinal));

        var speaker = new NotingSpeaker();
        new PhraseRenderer(speaker, clips, []).Render([English()]);
        Assert.Single(speaker.Said);
    }

    [Fact]
    public void A_file_name_from_another_system_with_its_accents_apart_is_found()
    {
        Record("ru", "стойка-номер".Normalize(System.Text.NormalizationForm.FormD), 1000);
        var (clips, _) = ClipLibrary.Scan(folder);
        var phrase = AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "ru");
        Assert.NotNull(clips.Find("ru", phrase.Parts.Last(part => part is PhrasePart.Words).Clip));
    }

    [Fact]
    public void A_missing_folder_is_said_and_everything_is_synthesised()
    {
        var (clips, faults) = ClipLibrary.Scan(Path.Combine(folder, "gone"));
        Assert.Equal(0, clips.Count);
        Assert.Contains("gone does not exist", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_generated_chime_is_always_the_same_and_neither_clicks_nor_clips()
    {
        var chime = Chime.Generate();
        Assert.Equal(chime, Chime.Generate());
        Assert.InRange(chime.Max(sample => Math.Abs((int)sample)), 5_000, 20_000);
        Assert.InRange(Math.Abs((int)chime[0]), 0, 50);
        Assert.InRange(Math.Abs((int)chime[^1]), 0, 50);
    }

    [Fact]
    public void A_real_call_with_one_recorded_word_still_says_the_rest()
    {
        Record("en", "ticket", 12_345);
        var speaker = new EspeakSpeaker(["en"]);
        speaker.Open();
        var sound = new PhraseRenderer(speaker, ClipLibrary.Scan(folder).Clips, []).Render([English()], withChime: false);
        Assert.Equal(12_345, sound[0]);
        var rest = speaker.Speak("en", Ssml.Of(English().Parts.Skip(1)));
        Assert.Equal(rest, sound[^rest.Length..]);
    }

    /// <summary>The loudness of each piece between silences.</summary>
    private static List<short> Pieces(short[] sound)
    {
        var pieces = new List<short>();
        for (var at = 0; at < sound.Length; at++)
        {
            if (sound[at] != 0 && (at == 0 || sound[at - 1] != sound[at]))
            {
                pieces.Add(sound[at]);
            }
        }

        return pieces;
    }
}
