using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Tests.Node.Audio;

public sealed class ZoneVoiceTests
{
    private static readonly OpenCall Call = new(11, "A042", "c5", "5", "counter", 0, 1, ["en", "nb"]);

    private readonly LoudspeakerThatListens output = new();
    private readonly MockingVoice speaker = new();
    private readonly NodeStatus status = new("audio", "test", new SeenPosition(), new NodeLog(TextWriter.Null, new FakeTime()));
    private int? minute = 12 * 60;

    [Theory]
    [InlineData(12 * 60, false, 70)]
    [InlineData(23 * 60, false, 20)]
    [InlineData(23 * 60, true, 70)]
    [InlineData(null, false, 70)]
    public async Task At_night_calls_are_quieter_and_an_evacuation_is_not(int? now, bool loud, int volume)
    {
        minute = now;
        var voice = Voice();

        await voice.PlayAsync(voice.Call(Call, ["en"]), loud, CancellationToken.None);

        Assert.Equal(new Volume(volume), output.Last.Volume);
    }

    [Fact]
    public async Task It_speaks_on_the_zone_s_channel_only()
    {
        var voice = Voice();
        await voice.PlayAsync(voice.Call(Call, ["en"]), false, CancellationToken.None);

        var samples = output.Last.Sound.Samples.ToArray();
        Assert.Equal(2, output.Last.Sound.Channels);
        Assert.DoesNotContain(samples.Where((_, at) => at % 2 == 0), sample => sample != 0);
        Assert.Contains(samples.Where((_, at) => at % 2 == 1), sample => sample != 0);
    }

    [Fact]
    public void A_language_without_a_voice_keeps_no_other_from_being_spoken_and_is_tried_again()
    {
        var voice = Voice();
        speaker.Mute = "nb";
        var half = voice.Call(Call, ["en", "nb"]);

        Assert.Equal((1, false), (half.Languages, half.Complete));
        var fault = Assert.Single(status.Message(online: true).Faults);
        Assert.Equal("languageNotSpoken", fault.Code);
        Assert.Contains("nb", fault.Sentence);

        speaker.Mute = null;
        Assert.Equal((2, true), (voice.Call(Call, ["en", "nb"]).Languages, voice.Call(Call, ["en", "nb"]).Complete));
        Assert.Empty(status.Message(online: true).Faults);
    }

    [Fact]
    public void A_language_without_words_is_reported_like_one_without_a_voice()
    {
        Assert.Equal(1, Voice().Call(Call, ["tlh", "en"]).Languages);
        Assert.Contains("tlh", Assert.Single(status.Message(online: true).Faults).Sentence);
    }

    [Fact]
    public void A_recall_is_not_rendered_twice()
    {
        var voice = Voice();
        voice.Call(Call, ["en"]);
        var spoken = speaker.Times;
        voice.Call(Call with { Seq = 15, Times = 2, At = 9_000 }, ["en"]);
        Assert.Equal(spoken, speaker.Times);

        voice.Call(Call with { Label = "A043" }, ["en"]);
        Assert.True(speaker.Times > spoken);
    }

    private ZoneVoice Voice() => new(
        new AudioConfiguration { Zone = "hall", Channels = 2, Channel = 1, Volume = 70, NightVolume = 20, Night = ["22:00", "06:00"] },
        speaker, ClipLibrary.Empty, output, () => minute, status);

    private sealed class MockingVoice : ISpeaker
    {
        public string? Mute { get; set; }

        public int Times { get; private set; }

        public short[] Speak(string language, string ssml)
        {
            Times++;
            return language == Mute
                ? throw new SpeechUnavailableException($"no voice for {language}")
                : [.. Enumerable.Repeat((short)1_000, 500)];
        }
    }

    private sealed class LoudspeakerThatListens : ISoundOutput
    {
        public (PcmSound Sound, Volume Volume) Last { get; private set; }

        public Task PlayAsync(PcmSound sound, Volume volume, CancellationToken cancellation)
        {
            Last = (sound, volume);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }
    }
}
