using EdgeQueue.Node.Roles.Audio;

namespace EdgeQueue.Tests.Node.Audio;

public sealed class SoundTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-audio-").FullName;

    [Fact]
    public void A_zone_speaks_on_its_own_channel_and_is_silent_on_the_others() =>
        Assert.Equal([0, 7, 0, 0, 8, 0], new ChannelLayout(3, 1).Spread(new short[] { 7, 8 }).ToArray());

    [Fact]
    public void Without_a_channel_of_its_own_it_speaks_on_all() =>
        Assert.Equal([7, 7, 8, 8], new ChannelLayout(2, null).Spread(new short[] { 7, 8 }).ToArray());

    [Fact]
    public void Announcements_are_kept_as_far_as_there_is_room_and_the_one_not_used_longest_goes()
    {
        var cache = new SpeechCache(25);
        var made = new List<string>();
        foreach (var key in new[] { "a", "b", "a", "c", "a", "b" })
        {
            cache.Get(key, () =>
            {
                made.Add(key);
                return new RenderedSpeech(new short[10], TimeSpan.Zero, 1);
            });
        }

        Assert.Equal(["a", "b", "c", "b"], made);
        Assert.True(cache.Held <= 25);
    }

    [Fact]
    public void What_is_larger_than_the_cache_is_made_anew_each_time()
    {
        var cache = new SpeechCache(5);
        var made = 0;
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(10, cache.Get("a", () => new RenderedSpeech(new short[10], TimeSpan.Zero, ++made)).Samples.Length);
        }

        Assert.Equal((2, 0), (made, cache.Held));
    }

    [Fact]
    public void The_mark_survives_a_restart_and_a_spoilt_one_counts_as_none()
    {
        var path = Path.Combine(folder, "spoken");
        Assert.Null(new SpokenMarkFile(path).Read());

        new SpokenMarkFile(path).Write(new SpokenMark("a1b2", 42));
        Assert.Equal(new SpokenMark("a1b2", 42), new SpokenMarkFile(path).Read());

        File.WriteAllText(path, "a1b2 4x");
        Assert.Null(new SpokenMarkFile(path).Read());
    }

    [Fact]
    public void The_pace_is_learnt_from_what_was_spoken()
    {
        var pace = new SpeechPace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        for (var i = 0; i < 20; i++)
        {
            pace.Learn(2, TimeSpan.FromSeconds(13));
        }

        Assert.InRange(pace.Of(2).TotalSeconds, 12.9, 13.0);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
