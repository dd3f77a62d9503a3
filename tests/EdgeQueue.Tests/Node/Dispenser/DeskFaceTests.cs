using System.Threading.Channels;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Screen;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>The ways out of the dispenser: its two lines and its voice, on devices that a test plays.</summary>
public sealed class DeskFaceTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly NodeStatus status = new("dispenser", "1", new SeenPosition(), new NodeLog(TextWriter.Null, TimeProvider.System));
    private readonly SlowDisplay display = new();
    private readonly HeldLoudspeaker loudspeaker = new();
    private Task running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        display.Let(10);
        await running.WaitAsync(Patience);
        stop.Dispose();
        display.Dispose();
    }

    [Fact]
    public async Task Lines_that_were_replaced_while_the_bus_was_busy_are_not_written()
    {
        var writer = new ScreenWriter(display, status);
        writer.Show("first", "");
        running = writer.RunAsync(stop.Token);
        await display.Begun(Patience);
        writer.Show("second", "");
        writer.Show("third", "");
        display.Let(2);
        await display.Begun(Patience);

        Assert.Equal(["first", "third"], display.Written);
    }

    [Fact]
    public async Task A_display_that_is_gone_is_a_fault_and_holds_up_nobody_until_it_is_back()
    {
        display.Broken = true;
        display.Let(100);
        var writer = new ScreenWriter(display, status);
        writer.Show("first", "");
        running = writer.RunAsync(stop.Token);
        await display.Begun(Patience);
        await Soon(() => Faults() is ["screenMissing"]);

        display.Broken = false;
        writer.Show("second", "");
        await Soon(() => Faults() is []);
        Assert.Equal("second", display.Written[^1]);
    }

    [Fact]
    public async Task The_next_prompt_cuts_the_last_one_short_and_silence_is_one_too()
    {
        var voice = new PromptVoice(new SpeechConfiguration(), new LoudSpeaker(), ClipLibrary.Empty, loudspeaker, () => null, status);
        running = voice.RunAsync(stop.Token);

        voice.Say(Phrase.FreeText("en", "one"));
        var first = await loudspeaker.Sounds.ReadAsync(stop.Token);
        voice.Say(Phrase.FreeText("en", "three"));
        var second = await loudspeaker.Sounds.ReadAsync(stop.Token);
        Assert.True(first.Cut.IsCancellationRequested);
        Assert.False(second.Cut.IsCancellationRequested);
        Assert.Equal((3, 5), (first.Length, second.Length));

        voice.Say(null);
        Assert.True(second.Cut.IsCancellationRequested);
    }

    [Fact]
    public async Task A_loudspeaker_that_is_gone_is_a_fault_until_a_prompt_was_heard_again()
    {
        var voice = new PromptVoice(new SpeechConfiguration(), new LoudSpeaker(), ClipLibrary.Empty, loudspeaker, () => null, status);
        loudspeaker.Broken = true;
        running = voice.RunAsync(stop.Token);
        voice.Say(Phrase.FreeText("en", "one"));
        await Soon(() => Faults() is ["promptsNotSpoken"]);

        (loudspeaker.Broken, loudspeaker.Ends) = (false, true);
        voice.Say(Phrase.FreeText("en", "two"));
        await Soon(() => Faults() is []);
    }

    private string[] Faults() => [.. status.Message(true).Faults.Select(f => f.Code)];

    private static async Task Soon(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    /// <summary>A display whose bus takes one text for each permission.</summary>
    private sealed class SlowDisplay : ITextDisplay
    {
        private readonly SemaphoreSlim permissions = new(0);
        private readonly SemaphoreSlim begun = new(0);
        private string shown = "";

        public volatile bool Broken;

        public List<string> Written { get; } = [];

        public int Columns => 16;

        public void Let(int texts) => permissions.Release(texts);

        public async Task Begun(TimeSpan patience) => Assert.True(await begun.WaitAsync(patience));

        public bool CanShow(string first, string second) => true;

        public void Show(string first, string second) => shown = first;

        public void Flush()
        {
            if (!Broken)
            {
                Written.Add(shown);
            }

            begun.Release();
            permissions.Wait();
            _ = Broken ? throw new DeviceException("/dev/i2c-1", "no answer", 121) : 0;
        }

        public void Invalidate()
        {
        }

        public void Dispose()
        {
            permissions.Dispose();
            begun.Dispose();
        }
    }

    /// <summary>A voice whose sound is as long as its text.</summary>
    private sealed class LoudSpeaker : ISpeaker
    {
        public short[] Speak(string language, string ssml) =>
            [.. Enumerable.Repeat((short)20_000, ssml.Replace("<speak>", "", StringComparison.Ordinal).Replace("</speak>", "", StringComparison.Ordinal).Length)];
    }

    private sealed class HeldLoudspeaker : ISoundOutput
    {
        private readonly Channel<(int, CancellationToken)> sounds = Channel.CreateUnbounded<(int, CancellationToken)>();

        public volatile bool Broken;

        public volatile bool Ends;

        public ChannelReader<(int Length, CancellationToken Cut)> Sounds => sounds.Reader;

        public Task PlayAsync(PcmSound sound, Volume volume, CancellationToken cancellation)
        {
            if (Broken)
            {
                throw new DeviceException("default", "no such card", 2);
            }

            sounds.Writer.TryWrite((sound.Samples.Length, cancellation));
            return Ends ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }

        public void Dispose()
        {
        }
    }
}
