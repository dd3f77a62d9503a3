using System.Buffers;
using System.Runtime.InteropServices;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Sound;

namespace EdgeQueue.Tests.Hardware.Sound;

/// <summary>Against the real alsa-lib, whose "file" plug-in writes what a card would play.</summary>
public sealed class AlsaOutputTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ToFile => $"file:FILE={folder["played.raw"]},FORMAT=raw";

    private short[] Played => MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(folder["played.raw"])).ToArray();

    [Theory]
    [InlineData(1, 6_000)]
    [InlineData(1, 551)]
    [InlineData(2, 2_000)]
    [InlineData(1, 1)]
    public async Task Every_sample_is_played_once_and_unchanged_at_full_volume(int channels, int frames)
    {
        var samples = Noise(channels * frames);
        using var output = new AlsaOutput(ToFile);

        await output.PlayAsync(new PcmSound(samples, 22_050, channels), Volume.Full, Cancellation);

        Assert.Equal(samples, Played[..samples.Length]);

        // ALSA fills the last period with silence at most.
        Assert.All(Played[samples.Length..], sample => Assert.Equal(0, sample));
        Assert.InRange(Played.Length, samples.Length, samples.Length + (22_050 * channels / 10));
    }

    [Fact]
    public async Task Volume_is_applied_to_what_is_played()
    {
        var samples = Noise(2_000);
        using var output = new AlsaOutput(ToFile);

        await output.PlayAsync(new PcmSound(samples, 22_050), new Volume(50), Cancellation);

        Assert.All(samples.Zip(Played), pair => Assert.Equal((int)Math.Floor((pair.First / 8.0) + 0.5), pair.Second));
    }

    [Fact]
    public async Task A_sound_that_is_interrupted_stops_within_a_period()
    {
        using var interruption = new CancellationTokenSource();
        using var samples = new InterruptingSamples(22_050 * 10, atBlock: 4, interruption.Cancel);
        using var output = new AlsaOutput(ToFile);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => output.PlayAsync(new PcmSound(samples.Memory, 22_050), Volume.Full, interruption.Token));

        Assert.Equal(4, samples.BlocksTaken);
    }

    [Fact]
    public async Task After_an_interruption_the_next_sound_is_played_whole()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();
        using var output = new AlsaOutput(ToFile);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => output.PlayAsync(new PcmSound(Noise(1_000), 22_050), Volume.Full, interruption.Token));

        var samples = Noise(3_000);
        await output.PlayAsync(new PcmSound(samples, 22_050), Volume.Full, Cancellation);

        Assert.Equal(samples, Played[..samples.Length]);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_named()
    {
        using var output = new AlsaOutput("hw:CARD=NoSuchCard");

        var error = await Assert.ThrowsAsync<DeviceException>(
            () => output.PlayAsync(new PcmSound(Noise(10), 22_050), Volume.Full, Cancellation));

        Assert.StartsWith("hw:CARD=NoSuchCard: cannot open: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Volume_is_exact_at_its_ends_and_grows_between_them()
    {
        short[] loudest = [short.MinValue, -1, 0, 1, short.MaxValue];
        var scaled = new short[5];

        Volume.Full.Apply(loudest, scaled);
        Assert.Equal(loudest, scaled);

        new Volume(0).Apply(loudest, scaled);
        Assert.Equal([0, 0, 0, 0, 0], scaled);

        var peaks = Enumerable.Range(0, 101).Select(percent =>
        {
            new Volume(percent).Apply(loudest, scaled);
            return scaled[^1];
        }).ToArray();
        Assert.Equal(peaks.Order(), peaks);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Volume(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Volume(-1));
    }

    public void Dispose() => folder.Dispose();

    private static short[] Noise(int count)
    {
        var bytes = new byte[count * 2];
        new Random(7).NextBytes(bytes);
        return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }

    /// <summary>Silence that interrupts its own playing when a certain block of it is fetched.</summary>
    private sealed class InterruptingSamples(int count, int atBlock, Action interrupt) : MemoryManager<short>
    {
        private readonly short[] samples = new short[count];

        public int BlocksTaken { get; private set; }

        public override Memory<short> Memory => CreateMemory(count);

        public override Span<short> GetSpan()
        {
            if (++BlocksTaken == atBlock)
            {
                interrupt();
            }

            return samples;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            // Nothing to give back.
        }
    }
}
