using System.Threading.Channels;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Audio;

namespace EdgeQueue.Tests.Node.Audio;

public sealed class AnnouncerTests : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> Test = new Dictionary<string, string> { ["en"] = "a test" };

    private readonly FakeTime time = new();
    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-audio-").FullName;
    private readonly HandVoice voice = new();
    private readonly SpokenMarkFile marks;
    private readonly NodeStatus status;
    private readonly CancellationTokenSource stop = new();
    private readonly Announcer announcer;
    private Moment? now = new Moment(1_000_000);
    private Task running = Task.CompletedTask;

    public AnnouncerTests()
    {
        marks = new SpokenMarkFile(Path.Combine(folder, "spoken"));
        status = new NodeStatus("audio", "test", new SeenPosition(), new NodeLog(TextWriter.Null, time));
        announcer = new Announcer(
            new AnnouncementQueue(marks.Read(), SpeechPace.Usual), marks, voice, SpeechPace.Usual, () => now, status, time);
    }

    [Fact]
    public async Task What_is_begun_is_on_disk_before_it_sounds()
    {
        SpokenMark? atTheFirstSound = null;
        voice.OnPlay = () => atTheFirstSound = marks.Read();
        announcer.Observe(Calls(11, 11));
        Start();
        await voice.BeganAsync();

        Assert.Equal(new SpokenMark("j1", 11), atTheFirstSound);
    }

    [Fact]
    public async Task The_next_call_waits_until_the_first_has_been_heard()
    {
        announcer.Observe(Calls(12, 11, 12));
        Start();
        Assert.Equal("A011", await voice.BeganAsync());
        Assert.Equal(11, marks.Read()!.Seq);

        voice.Heard();
        await time.ArmedAsync();
        time.Advance(Announcer.BetweenCalls);

        Assert.Equal("A012", await voice.BeganAsync());
    }

    [Fact]
    public async Task An_evacuation_stops_a_call_at_once_and_is_said_again_and_again()
    {
        announcer.Observe(Calls(11, 11));
        Start();
        Assert.Equal("A011", await voice.BeganAsync());

        announcer.Observe(Calls(12, 11) with { Evacuation = new Dictionary<string, string> { ["en"] = "Leave" } });

        Assert.Equal("Leave", await voice.BeganAsync());
        Assert.Contains("A011", voice.Interrupted);
        Assert.True(voice.Loud);
        voice.Heard();
        await time.ArmedAsync();
        time.Advance(Announcer.BetweenEvacuationTexts);
        Assert.Equal("Leave", await voice.BeganAsync());
    }

    [Fact]
    public async Task A_test_phrase_is_said_when_nothing_else_is_to_be_said()
    {
        announcer.Observe(Calls(11, 11));
        Start();
        Assert.Equal("A011", await voice.BeganAsync());
        var asked = announcer.TryAsync(Test, TestContext.Current.CancellationToken);

        voice.Heard();
        await time.ArmedAsync();
        time.Advance(Announcer.BetweenCalls);

        Assert.Equal("a test", await voice.BeganAsync());
        Assert.False(voice.Loud);
        voice.Heard();
        Assert.Equal(new SoundTrialEnd(Spoken: 1), await asked);
    }

    [Fact]
    public async Task A_call_ends_a_test_phrase_at_once()
    {
        announcer.Observe(Calls(11));
        Start();
        var asked = announcer.TryAsync(Test, TestContext.Current.CancellationToken);
        Assert.Equal("a test", await voice.BeganAsync());

        announcer.Observe(Calls(12, 12));

        Assert.Equal("A012", await voice.BeganAsync());
        Assert.Equal(["a test"], voice.Interrupted);
        Assert.True((await asked).GaveWay);
    }

    [Fact]
    public async Task A_test_phrase_tells_that_the_loudspeaker_is_gone()
    {
        voice.Unplugged = true;
        announcer.Observe(Calls(11));
        Start();

        var end = await announcer.TryAsync(Test, TestContext.Current.CancellationToken);

        Assert.Contains("gone", end.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_evacuation_is_over_it_falls_silent_at_once_and_calls_only_the_new()
    {
        announcer.Observe(Calls(12, 11) with { Evacuation = new Dictionary<string, string> { ["en"] = "Leave" } });
        Start();
        Assert.Equal("Leave", await voice.BeganAsync());

        announcer.Observe(Calls(16, 11, 16));

        Assert.Equal("A016", await voice.BeganAsync());
        Assert.Contains("Leave", voice.Interrupted);
        Assert.False(voice.Loud);
    }

    [Fact]
    public async Task While_the_age_of_a_call_is_a_guess_it_waits()
    {
        now = null;
        announcer.Observe(Calls(11, 11));
        Start();
        await time.ArmedAsync();
        Assert.Null(marks.Read() is { Seq: > 0 } begun ? begun : null);

        now = new Moment(1_000_000);
        time.Advance(Announcer.LookAgain);

        Assert.Equal("A011", await voice.BeganAsync());
    }

    [Fact]
    public async Task A_loudspeaker_that_is_unplugged_is_a_fault_and_says_the_call_when_it_is_back()
    {
        voice.Unplugged = true;
        announcer.Observe(Calls(11, 11));
        Start();
        await time.ArmedAsync();
        Assert.Equal("soundMissing", Assert.Single(status.Message(online: true).Faults).Code);

        voice.Unplugged = false;
        time.Advance(Announcer.LookAgain);
        Assert.Equal("A011", await voice.BeganAsync());
        voice.Heard();
        await time.ArmedAsync();
        Assert.Empty(status.Message(online: true).Faults);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_a_fault_and_the_call_is_spoken()
    {
        Directory.Delete(folder, recursive: true);
        announcer.Observe(Calls(11, 11));
        Start();

        Assert.Equal("A011", await voice.BeganAsync());
        Assert.Equal("markNotKept", Assert.Single(status.Message(online: true).Faults).Code);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Start() => running = announcer.RunAsync(stop.Token);

    private static CallsMessage Calls(long seq, params long[] open) => new(
        1, "j1", seq, "hall", [.. open.Select(s => new OpenCall(s, $"A{s:000}", "c5", "5", "counter", 1_000_000, 1, ["en"]))], null);

    /// <summary>A loudspeaker that says nothing and is told by the test when it has been heard.</summary>
    private sealed class HandVoice : IVoice
    {
        private readonly Channel<string> began = Channel.CreateUnbounded<string>();
        private TaskCompletionSource heard = new();
        private string rendering = "";

        public Action OnPlay { get; set; } = () => { };

        public List<string> Interrupted { get; } = [];

        public bool Loud { get; private set; }

        public bool Unplugged { get; set; }

        public RenderedSpeech Call(OpenCall call, IReadOnlyList<string> languages)
        {
            rendering = call.Label;
            return new RenderedSpeech(new short[10], TimeSpan.FromSeconds(5), languages.Count);
        }

        public RenderedSpeech Evacuation(IReadOnlyDictionary<string, string> texts)
        {
            rendering = texts["en"];
            return new RenderedSpeech(new short[10], TimeSpan.FromSeconds(5), texts.Count);
        }

        public async Task PlayAsync(RenderedSpeech speech, bool loud, CancellationToken cancellation)
        {
            if (Unplugged)
            {
                throw new DeviceException("default", "gone");
            }

            OnPlay();
            Loud = loud;
            heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var what = rendering;
            await began.Writer.WriteAsync(what, CancellationToken.None);
            try
            {
                await heard.Task.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Interrupted.Add(what);
                throw;
            }
        }

        public void Heard() => heard.SetResult();

        public async Task<string> BeganAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            return await began.Reader.ReadAsync(limit.Token);
        }
    }
}
