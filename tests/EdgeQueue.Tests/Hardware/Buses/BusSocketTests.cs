using System.Net.Sockets;
using System.Threading.Channels;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Buses;

public sealed class BusSocketTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<byte[]> transfers = Channel.CreateUnbounded<byte[]>();

    private string SocketPath => folder["bus"];

    [Fact]
    public async Task An_i2c_transfer_arrives_with_its_address()
    {
        var serving = await Serve();
        using var bus = EdgeQueue.Hardware.Buses.OpenI2c(SocketPath, 0x71);

        bus.Write([0x00, 1, 2, 3]);
        bus.Write([0x81]);

        Assert.Equal([0x71, 0x00, 1, 2, 3], await Soon.Next(transfers.Reader));
        Assert.Equal([0x71, 0x81], await Soon.Next(transfers.Reader));
        await Stop(serving);
    }

    [Fact]
    public async Task An_spi_transfer_arrives_as_one_chip_select_cycle()
    {
        var serving = await Serve();
        using var bus = EdgeQueue.Hardware.Buses.OpenSpi(SocketPath);
        byte[] cycle = [.. Enumerable.Range(0, 128).Select(i => (byte)i)];

        bus.Write(cycle);

        Assert.Equal(cycle, await Soon.Next(transfers.Reader));
        await Stop(serving);
    }

    [Fact]
    public void The_frame_on_the_socket_is_a_big_endian_length_and_the_payload()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        using var bus = EdgeQueue.Hardware.Buses.OpenI2c(SocketPath, 0x70);

        bus.Write([0x21]);

        using var client = listener.Accept();
        var bytes = new byte[4];
        Assert.Equal(4, client.Receive(bytes));
        Assert.Equal([0, 2, 0x70, 0x21], bytes);
    }

    [Fact]
    public async Task A_simulator_that_comes_later_or_comes_back_is_found_by_the_next_transfer()
    {
        using var bus = EdgeQueue.Hardware.Buses.OpenI2c("unix:" + SocketPath, 0x70);
        var early = Assert.Throws<DeviceException>(() => bus.Write([0x21]));
        Assert.Contains(SocketPath, early.Message, StringComparison.Ordinal);

        var serving = await Serve();
        bus.Write([0x21]);
        Assert.Equal([0x70, 0x21], await Soon.Next(transfers.Reader));

        await Stop(serving);
        Assert.Throws<DeviceException>(() => bus.Write([0x81]));
        using var again = new CancellationTokenSource();
        var server = new BusServer(SocketPath, transfer => transfers.Writer.TryWrite(transfer.ToArray()));
        var servingAgain = server.RunAsync(again.Token);
        await Soon.Of(server.Listening);
        bus.Write([0xEF]);
        Assert.Equal([0x70, 0xEF], await Soon.Next(transfers.Reader));
        await again.CancelAsync();
        await Soon.Of(servingAgain);
    }

    [Fact]
    public void A_file_that_is_no_bus_is_refused_with_its_path()
    {
        File.WriteAllText(folder["plain"], "");

        using var i2c = EdgeQueue.Hardware.Buses.OpenI2c(folder["plain"], 0x70);
        using var spi = EdgeQueue.Hardware.Buses.OpenSpi(folder["plain"]);

        Assert.Contains("cannot take address 0x70", Assert.Throws<DeviceException>(() => i2c.Write([0x21])).Message, StringComparison.Ordinal);
        Assert.Contains("does not take SPI mode 0", Assert.Throws<DeviceException>(() => spi.Write([0x21])).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    private async Task<Task> Serve()
    {
        var server = new BusServer(SocketPath, transfer => transfers.Writer.TryWrite(transfer.ToArray()));
        var serving = server.RunAsync(stop.Token);
        await Soon.Of(server.Listening);
        return serving;
    }

    private async Task Stop(Task serving)
    {
        await stop.CancelAsync();
        await Soon.Of(serving);
    }
}
