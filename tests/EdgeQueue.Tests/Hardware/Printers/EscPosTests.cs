using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Tests.Hardware.Printers;

public sealed class EscPosTests
{
    [Fact]
    public void A_picture_has_not_one_bit_that_differs_from_receiptline()
    {
        var job = new EscPos().Raster(Picture(ReceiptlineFixture.Width, ReceiptlineFixture.Height, ReceiptlineFixture.IsBlack)).ToArray();

        var ours = Dots(job, out var bands);
        var theirs = Dots(ReceiptlineFixture.Command, out _);

        Assert.Equal([256, 44], bands);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void A_band_says_its_width_in_bytes_and_its_rows_low_byte_first()
    {
        var job = new EscPos().Raster(Picture(576, 256, (x, y) => x == y)).ToArray();

        Assert.Equal([0x1D, (byte)'v', (byte)'0', 0, 72, 0, 0, 1], job[..8]);
        Assert.Equal(8 + (72 * 256), job.Length);
        Assert.Equal([0x80, 0, 0, 0], job[8..12]);
    }

    [Fact]
    public void A_ticket_begins_clean_and_ends_with_a_cut()
    {
        var job = new EscPos().Initialise().Feed(300).Cut(4).AskPaperInOrder().ToArray();

        Assert.Equal(
            [0x1B, 0x40, 0x1B, 0x4A, 255, 0x1B, 0x4A, 45, 0x1D, 0x56, 66, 4, 0x1D, 0x72, 1],
            job);
    }

    [Fact]
    public void A_picture_that_is_no_whole_bytes_wide_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new EscPos().Raster(new MonochromeBitmap(12, 1, new byte[2])));
        Assert.Throws<ArgumentException>(() => new EscPos().Raster(new MonochromeBitmap(16, 2, new byte[3])));
    }

    internal static MonochromeBitmap Picture(int width, int height, Func<int, int, bool> isBlack)
    {
        var rows = new byte[width / 8 * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rows[(y * width / 8) + (x / 8)] |= (byte)(isBlack(x, y) ? 0x80 >> (x % 8) : 0);
            }
        }

        return new MonochromeBitmap(width, height, rows);
    }

    /// <summary>The dots of consecutive GS v 0 commands, read by hand from the command reference.</summary>
    private static byte[] Dots(ReadOnlySpan<byte> job, out List<int> bands)
    {
        var dots = new List<byte>();
        bands = [];
        while (job.Length > 0)
        {
            Assert.True(job[..4].SequenceEqual((ReadOnlySpan<byte>)[0x1D, 0x76, 0x30, 0x00]));
            var rows = job[6] + (256 * job[7]);
            var length = (job[4] + (256 * job[5])) * rows;
            dots.AddRange(job.Slice(8, length));
            bands.Add(rows);
            job = job[(8 + length)..];
        }

        return [.. dots];
    }
}
