using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Serial;

public sealed class LinuxSerialLineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void All_256_bytes_go_both_ways_unchanged_at_the_rate_asked_for_even_with_rs485()
    {
        using var other = new FakeSerial();

        // A pseudo-terminal answers TIOCSRS485 with ENOTTY, as USB adapters do.
        using var line = EdgeQueue.Hardware.Buses.OpenSerial(other.Path, new SerialSettings { Baud = 19_200, Rs485 = true });
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        line.Write(all);
        Assert.Equal(all, Collect(all.Length, buffer => other.Read(buffer, Limit)));
        Assert.Equal(19_200, other.Baud);

        other.Write(all);
        Assert.Equal(all, Collect(all.Length, buffer => line.Read(buffer, Limit)));
    }

    [Fact]
    public void A_silent_line_gives_nothing_within_its_time()
    {
        using var other = new FakeSerial();
        using var line = EdgeQueue.Hardware.Buses.OpenSerial(other.Path);

        Assert.Equal(0, line.Read(new byte[8], TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void A_line_that_takes_no_more_is_an_error_that_says_how_much_it_took()
    {
        using var other = new FakeSerial();
        using var line = EdgeQueue.Hardware.Buses.OpenSerial(
            other.Path, new SerialSettings { WriteTimeout = TimeSpan.FromMilliseconds(20) });

        var error = Assert.Throws<DeviceException>(() => line.Write(new byte[1 << 20]));

        Assert.Matches("took [0-9]+ of 1048576 bytes", error.Message);
    }

    [Fact]
    public void An_adapter_that_was_pulled_out_is_an_error_and_its_successor_is_found()
    {
        using var folder = new TempFolder();
        var pulled = new FakeSerial();
        File.CreateSymbolicLink(folder["line"], pulled.Path);
        using var line = EdgeQueue.Hardware.Buses.OpenSerial(folder["line"]);
        line.Write([1]);

        pulled.Dispose();
        Assert.Throws<DeviceException>(() => line.Write([2]));

        using var replugged = new FakeSerial();
        File.Delete(folder["line"]);
        File.CreateSymbolicLink(folder["line"], replugged.Path);
        line.Write([3]);
        Assert.Equal([3], Collect(1, buffer => replugged.Read(buffer, Limit)));
    }

    [Fact]
    public void A_file_that_is_no_terminal_is_refused()
    {
        using var line = EdgeQueue.Hardware.Buses.OpenSerial("/dev/null");

        Assert.Contains("is not a serial line", Assert.Throws<DeviceException>(() => line.Write([1])).Message, StringComparison.Ordinal);
    }

    private delegate int Reading(Span<byte> buffer);

    private static byte[] Collect(int count, Reading read)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var more = read(bytes.AsSpan(at));
            Assert.NotEqual(0, more);
            at += more;
        }

        return bytes;
    }
}
