using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Displays;

public sealed class Rs485BoardTests
{
    private readonly Rs485BoardChip board = new(address: 5);

    [Fact]
    public void The_checksum_is_modbus_own() =>
        // The check value of CRC-16/MODBUS, from the catalogue of parametrised CRC algorithms.
        Assert.Equal(0x4B37, Rs485Frame.Checksum("123456789"u8));

    [Fact]
    public void A_frame_has_the_documented_bytes()
    {
        var bus = new RecordingBus();
        using var display = new Rs485Board(bus, 5, 6);

        display.Show(new DisplayFrame("a042") { Arrow = Arrow.Right, Brightness = 9, Blink = Blink.OneHertz });
        display.Flush();

        Assert.Equal([0x02, 0x05, 0x07, 0x01, 0b0100_1001, 0x09, (byte)'A', (byte)'0', (byte)'4', (byte)'2'], Assert.Single(bus.Transfers)[..^2]);
    }

    [Fact]
    public void A_board_shows_what_was_sent_whatever_noise_is_between_and_however_it_is_split()
    {
        var frame = new DisplayFrame("ЖЩ7") { Arrow = Arrow.Left, Brightness = 3, Stale = true };
        byte[] damaged = Rs485Frame.Of(5, new DisplayFrame("X"));
        damaged[^1] ^= 1;
        byte[] line =
        [
            0xFF, 0x02, 0x02, 0x00, .. damaged, .. Rs485Frame.Of(9, new DisplayFrame("OTHER")), 0x13, .. Rs485Frame.Of(5, frame),
        ];

        foreach (var octet in line)
        {
            board.Write([octet]);
        }

        Assert.Equal(frame, board.Shown);
        Assert.Equal(1, board.Frames);
        Assert.NotEqual(0, board.Garbled);
    }

    [Fact]
    public void Address_zero_is_for_every_board()
    {
        board.Write(Rs485Frame.Of(0, new DisplayFrame("EXIT")));

        Assert.Equal("EXIT", board.Shown?.Text);
    }

    [Fact]
    public void An_unchanged_frame_is_sent_again_only_after_the_owner_forgets_or_the_line_broke()
    {
        var bus = new RecordingBus(bytes => board.Write(bytes));
        using var display = new Rs485Board(bus, 5, 6);
        display.Show(new DisplayFrame("A1"));
        display.Flush();
        display.Flush();
        Assert.Equal(1, board.Frames);

        display.Invalidate();
        display.Flush();
        Assert.Equal(2, board.Frames);

        bus.BreaksAfter = 0;
        display.Show(new DisplayFrame("A2"));
        Assert.Throws<DeviceException>(display.Flush);
        bus.BreaksAfter = int.MaxValue;
        display.Flush();
        Assert.Equal("A2", board.Shown?.Text);
    }

    [Fact]
    public void An_empty_frame_clears_the_board()
    {
        board.Write(Rs485Frame.Of(5, new DisplayFrame("A1")));
        board.Write(Rs485Frame.Of(5, new DisplayFrame("")));

        Assert.Equal(" ", board.Shown?.Text);
    }
}
