using System.Runtime.InteropServices;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Audio;

/// <summary>
/// A real audio node: ALSA's file plug-in takes the sound, channel by channel, and it is compared with a direct rendering of
/// the same phrase. The zone is the second of two channels.
/// </summary>
public sealed class AudioTests : IAsyncLifetime
{
    private static readonly Volume Loudness = new(80);

    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-audio-").FullName;
    private Broker broker = null!;
    private PlayedHub hub = null!;

    private string Sound => Path.Combine(folder, "sound.raw");

    [Fact]
    public async Task A_call_is_spoken_in_its_zone_s_channel_in_every_language_and_the_other_channel_is_silent()
    {
        await using var node = Start();
        await CallAsync(Open(201, "A042", hub.Now, "en", "nb"));

        var expected = Rendered(
            AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "en"), AnnouncementPhrases.For(new CallToSpeak("A042", "5"), "nb"));
        await Eventually.Is(() => Heard(1).Length >= expected.Length, "all of it", seconds: 60);

        Assert.Equal(expected, Heard(1));
        Assert.DoesNotContain(Heard(0), sample => sample != 0);
    }

    [Fact]
    public async Task A_call_is_not_repeated_after_a_restart_and_one_that_waited_is_not_lost()
    {
        await using var node = Start();
        var (first, second) = (Open(201, "A042", hub.Now, "en"), Open(202, "B007", hub.Now, "en"));
        await CallAsync(first, second);
        await Eventually.Is(() => Heard(1).Length > 0, "the first call begins", seconds: 40);
        node.Kill();
        await Task.Delay(300, TestContext.Current.CancellationToken); // what the pipe still holds is written
        var before = Heard(1).Length;

        node.StartAgain();

        var expected = Rendered(AnnouncementPhrases.For(new CallToSpeak("B007", "5"), "en"));
        await Eventually.Is(() => Heard(1).Length >= before + expected.Length, "the second call", seconds: 60);
        Assert.Equal(expected, Heard(1)[before..]);
        Assert.Empty(await GrowthAsync(2));
    }

    [Fact]
    public async Task A_call_of_too_long_ago_is_not_spoken()
    {
        await using var node = Start();
        await CallAsync(Open(201, "A042", hub.Now - 31_000, "en"));
        await Eventually.Is(() => node.Log.Contains("the hub is there", StringComparison.Ordinal), "the node is connected");

        Assert.Empty(await GrowthAsync(3));
    }

    [Fact]
    public async Task An_evacuation_cuts_a_call_and_is_repeated_until_it_is_over()
    {
        await using var node = Start();
        var call = Open(201, "A042", hub.Now, "en", "nb", "es");
        await CallAsync(call);
        await Eventually.Is(() => Heard(1).Length > Pcm.SampleRate / 2, "the call is being spoken", seconds: 40);

        var begun = Heard(1).Length;
        await hub.SayAsync(hub.Topics.Calls("hall"), Calls(call) with { Evacuation = new Dictionary<string, string> { ["en"] = "Leave the building" } });

        // 200 ms, and what a busy machine of two cores takes to notice.
        var text = Rendered(Phrase.FreeText("en", "Leave the building"));
        await Eventually.Is(() => Heard(1).Length > begun + text.Length + Pcm.SampleRate, "the text, and the text again", seconds: 60);
        var heard = Heard(1);
        var cut = heard.AsSpan().IndexOf(text);
        Assert.InRange(cut, 1, begun + (Pcm.SampleRate * 6 / 10));
        Assert.True(heard.AsSpan(cut + text.Length).StartsWith(text.AsSpan(0, 1_000)), "the text follows itself");

        await CallAsync(call, Open(230, "C001", hub.Now, "en"));
        var after = Rendered(AnnouncementPhrases.For(new CallToSpeak("C001", "5"), "en"));
        await Eventually.Is(() => Heard(1).AsSpan().IndexOf(after) > 0, "only the new call", seconds: 60);
        Assert.Empty(await GrowthAsync(2));
    }

    public async ValueTask InitializeAsync()
    {
        // The file plug-in opens its file anew for each sound and empties it; a pipe keeps all.
        await File.WriteAllTextAsync(Path.Combine(folder, "asound.conf"), $$"""
            </usr/share/alsa/alsa.conf>
            pcm.hall {
                type file
                slave.pcm "null"
                file "|cat >> {{Sound}}"
                format "raw"
            }
            """);
        broker = await Broker.StartAsync();
        hub = await PlayedHub.StartAsync(broker);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private NodeProcess Start() => NodeProcess.Start(
        broker, folder, "speaker",
        new UnitConfiguration { Unit = "hall", Audio = new AudioConfiguration { Zone = "hall", Device = "hall", Channels = 2, Channel = 1 } },
        new Dictionary<string, string> { ["ALSA_CONFIG_PATH"] = Path.Combine(folder, "asound.conf") });

    private Task CallAsync(params OpenCall[] calls) => hub.SayAsync(hub.Topics.Calls("hall"), Calls(calls));

    private CallsMessage Calls(params OpenCall[] calls) => new(1, PlayedHub.Journal, hub.NextSeq(), "hall", calls, null);

    private static OpenCall Open(long seq, string label, long at, params string[] languages) =>
        new(seq, label, "c5", "5", "counter", at, 1, languages);

    /// <summary>The samples of one of the two channels so far.</summary>
    private short[] Heard(int channel)
    {
        if (!File.Exists(Sound))
        {
            return [];
        }

        var bytes = File.ReadAllBytes(Sound);
        var frames = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, bytes.Length - (bytes.Length % 4)));
        var heard = new short[frames.Length / 2];
        for (var at = 0; at < heard.Length; at++)
        {
            heard[at] = frames[(2 * at) + channel];
        }

        return heard;
    }

    private async Task<short[]> GrowthAsync(double seconds)
    {
        var before = Heard(1).Length;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        return Heard(1)[before..];
    }

    /// <summary>The announcement as it must sound: chime, phrases, at the unit's volume.</summary>
    private static short[] Rendered(params Phrase[] phrases)
    {
        var sound = new PhraseRenderer(new VoicesOnDemand(), ClipLibrary.Empty, Chime.Generate()).Render(phrases);
        Loudness.Apply(sound, sound);
        return sound;
    }
}
