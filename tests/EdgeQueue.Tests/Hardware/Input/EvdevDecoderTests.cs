using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Input;

public sealed class EvdevDecoderTests
{
    private const long Now = 77;

    private readonly List<InputArrival> told = [];
    private KeyCode[] keysDown = [];

    [Fact]
    public void A_press_and_its_release_are_told_with_the_kernels_time()
    {
        Take(Key(KeyCode.KeypadEnter, 1, seconds: 12, microseconds: 345_678), Report(), Key(KeyCode.KeypadEnter, 0, seconds: 13), Report());

        Assert.Equal(
            [new KeyChanged(KeyCode.KeypadEnter, true, 12_345_678_000), new KeyChanged(KeyCode.KeypadEnter, false, 13_000_000_000)],
            told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(23)]
    [InlineData(25)]
    public void An_event_that_comes_in_pieces_is_put_together(int piece)
    {
        byte[] bytes = [.. Key(KeyCode.A, 1), .. Report(), .. Key(KeyCode.A, 0), .. Report()];
        var decoder = Decoder();

        foreach (var part in bytes.Chunk(piece))
        {
            decoder.Take(part, told.Add);
        }

        Assert.Equal([true, false], told.Cast<KeyChanged>().Select(change => change.Down));
    }

    [Fact]
    public void A_finger_that_rests_on_a_key_presses_it_once()
    {
        Take(Key(KeyCode.F1, 1), Key(KeyCode.F1, 2), Key(KeyCode.F1, 2), Key(KeyCode.F1, 2));

        Assert.Single(told);
    }

    [Fact]
    public void An_event_without_a_time_gets_the_time_of_reading()
    {
        Take(Key(KeyCode.F1, 1, seconds: 0, microseconds: 0));

        Assert.Equal(Now, Assert.IsType<KeyChanged>(Assert.Single(told)).At);
    }

    [Fact]
    public void After_an_overflow_the_loss_is_told_and_the_keys_are_what_the_device_says()
    {
        keysDown = [KeyCode.B];

        Take(
            Key(KeyCode.A, 1), Report(),
            Event(EvdevAbi.TypeSynchronise, EvdevAbi.CodeDropped, 0), Key(KeyCode.C, 1), Report(),
            Key(KeyCode.D, 1), Report());

        Assert.Collection(
            told,
            first => Assert.Equal((KeyCode.A, true), Change(first)),
            lost => Assert.Equal(new PressesLost("/dev/input/test"), lost),
            released => Assert.Equal((KeyCode.A, false), Change(released)),
            held => Assert.Equal((KeyCode.B, true), Change(held)),
            next => Assert.Equal((KeyCode.D, true), Change(next)));
    }

    [Fact]
    public void A_key_held_when_the_device_goes_away_is_released_and_half_an_event_is_forgotten()
    {
        var decoder = Decoder();
        decoder.Take(Key(KeyCode.A, 1), told.Add);
        decoder.Take(Key(KeyCode.B, 1).AsSpan(0, 10), told.Add);

        decoder.ReleaseAll(told.Add);
        decoder.Take(Key(KeyCode.C, 1), told.Add);

        Assert.Equal([(KeyCode.A, true), (KeyCode.A, false), (KeyCode.C, true)], told.Select(Change));
    }

    private static (KeyCode, bool) Change(InputArrival arrival) =>
        Assert.IsType<KeyChanged>(arrival) is var change ? (change.Key, change.Down) : default;

    private static byte[] Key(KeyCode key, int value, long seconds = 1, long microseconds = 0) =>
        Event(EvdevAbi.TypeKey, (ushort)key, value, seconds, microseconds);

    private static byte[] Report() => Event(EvdevAbi.TypeSynchronise, EvdevAbi.CodeReport, 0);

    private static byte[] Event(ushort type, ushort code, int value, long seconds = 1, long microseconds = 0) =>
        FakeKeys.Bytes(new EvdevAbi.InputEvent { Seconds = seconds, Microseconds = microseconds, Type = type, Code = code, Value = value });

    private EvdevDecoder Decoder() => new("/dev/input/test", () => Now, () => keysDown);

    private void Take(params byte[][] events) => Decoder().Take(events.SelectMany(bytes => bytes).ToArray(), told.Add);
}
