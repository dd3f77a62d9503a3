using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Tests.Printers;

public sealed class MonochromePngTests
{
    [Fact]
    public void A_picture_survives_the_file_dot_by_dot()
    {
        var picture = new MonochromeBitmap(16, 3, [0b1000_0000, 0b0000_0001, 0xFF, 0x00, 0xA5, 0x5A]);
        var back = MonochromePng.Decode(MonochromePng.Encode(picture));
        Assert.Equal((16, 3), (back.Width, back.Height));
        Assert.Equal(picture.Rows, back.Rows);
        Assert.True(back.IsBlack(0, 0) && back.IsBlack(15, 0) && !back.IsBlack(1, 0) && !back.IsBlack(8, 1));
    }

    [Fact]
    public void The_end_chunk_has_the_checksum_that_every_PNG_file_has() =>
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], MonochromePng.Encode(new MonochromeBitmap(8, 1, [0]))[^4..]);

    [Fact]
    public void Another_file_is_refused() =>
        Assert.Throws<InvalidDataException>(() => MonochromePng.Decode("GIF89a, for instance"u8));
}
