using System.Diagnostics;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Input;

public sealed class EvdevReaderTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();

    private string KeysPath => folder["keys"];

    [Fact]
    public async Task A_press_into_a_fifo_arrives_with_its_time()
    {
        using var keys = new FakeKeys(KeysPath);
        var (reader, running) = Start(KeysPath);
        Assert.Equal(new DevicePresent(KeysPath, KeysPath), await Soon.Next(reader.Arrivals));

        var before = Stopwatch.GetTimestamp();
        keys.Press(KeyCode.KeypadEnter);

        var down = Assert.IsType<KeyChanged>(await Soon.Next(reader.Arrivals));
        var up = Assert.IsType<KeyChanged>(await Soon.Next(reader.Arrivals));
        Assert.Equal((KeyCode.KeypadEnter, true), (down.Key, down.Down));
        Assert.Equal((KeyCode.KeypadEnter, false), (up.Key, up.Down));

        // The kernel's times have whole microseconds.
        Assert.InRange(down.At, before - 1000, Stopwatch.GetTimestamp());
        await Stop(running);
    }

    [Fact]
    public async Task A_writer_that_closes_and_another_that_opens_are_not_an_absence()
    {
        using var first = new FakeKeys(KeysPath);
        var (reader, running) = Start(KeysPath);
        await Soon.Next(reader.Arrivals);
        first.Press(KeyCode.A);
        await Soon.Next(reader.Arrivals);
        await Soon.Next(reader.Arrivals);
        first.Dispose();

        using var second = new FakeKeys(KeysPath);
        second.Press(KeyCode.B);

        Assert.Equal(KeyCode.B, Assert.IsType<KeyChanged>(await Soon.Next(reader.Arrivals)).Key);
        await Stop(running);
    }

    [Fact]
    public async Task A_device_that_is_not_there_yet_is_told_once_and_found_when_it_comes()
    {
        var (reader, running) = Start(KeysPath);
        var absent = Assert.IsType<DeviceAbsent>(await Soon.Next(reader.Arrivals));
        Assert.Contains("plugged in", absent.Reason, StringComparison.Ordinal);

        using var keys = new FakeKeys(KeysPath);

        Assert.IsType<DevicePresent>(await Soon.Next(reader.Arrivals));
        await Stop(running);
    }

    [Fact]
    public async Task A_device_made_anew_at_the_same_path_is_taken_and_held_keys_are_released()
    {
        using var old = new FakeKeys(KeysPath);
        var (reader, running) = Start(KeysPath);
        await Soon.Next(reader.Arrivals);
        old.Change(KeyCode.A, true);
        await Soon.Next(reader.Arrivals);

        File.Delete(KeysPath);
        using var fresh = new FakeKeys(KeysPath);
        fresh.Press(KeyCode.B);

        Assert.Equal((KeyCode.A, false), Change(await Soon.Next(reader.Arrivals)));
        Assert.IsType<DeviceAbsent>(await Soon.Next(reader.Arrivals));
        Assert.IsType<DevicePresent>(await Soon.Next(reader.Arrivals));
        Assert.Equal((KeyCode.B, true), Change(await Soon.Next(reader.Arrivals)));
        await Stop(running);
    }

    [Fact]
    public async Task A_device_pulled_out_is_told_and_its_successor_at_the_stable_path_is_read()
    {
        // A pseudo-terminal that is closed gives the error and the hang-up that a FIFO cannot.
        var pulled = new FakeSerial();
        File.CreateSymbolicLink(KeysPath, pulled.Path);
        var (reader, running) = Start(KeysPath);
        Assert.IsType<DevicePresent>(await Soon.Next(reader.Arrivals));

        pulled.Dispose();
        Assert.IsType<DeviceAbsent>(await Soon.Next(reader.Arrivals));

        File.Delete(KeysPath);
        using var replugged = new FakeKeys(KeysPath);
        replugged.Press(KeyCode.Digit7);
        Assert.IsType<DevicePresent>(await Soon.Next(reader.Arrivals));
        Assert.Equal((KeyCode.Digit7, true), Change(await Soon.Next(reader.Arrivals)));
        await Stop(running);
    }

    [Fact]
    public async Task A_reader_nobody_listens_to_still_ends_when_it_is_cancelled()
    {
        using var keys = new FakeKeys(KeysPath);
        var (reader, running) = Start(KeysPath);
        await Soon.Next(reader.Arrivals);

        // More than the channel holds: the thread is waiting for a listener.
        for (var press = 0; press < 200; press++)
        {
            keys.Press(KeyCode.A);
        }

        SpinWait.SpinUntil(() => reader.Arrivals.Count == 256, TimeSpan.FromSeconds(20));
        Assert.Equal(256, reader.Arrivals.Count);
        await Stop(running);
    }

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    private static (KeyCode, bool) Change(InputArrival arrival) =>
        Assert.IsType<KeyChanged>(arrival) is var change ? (change.Key, change.Down) : default;

    private (EvdevReader Reader, Task Running) Start(string path)
    {
        var reader = new EvdevReader(path, TimeProvider.System);
        return (reader, reader.RunAsync(stop.Token));
    }

    // RunAsync joins its thread: that it completes is that nothing leaks.
    private async Task Stop(Task running)
    {
        await stop.CancelAsync();
        await Soon.Of(running);
    }
}
