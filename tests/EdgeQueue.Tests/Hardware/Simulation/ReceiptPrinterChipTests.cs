using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Simulation;

public sealed class ReceiptPrinterChipTests
{
    private static readonly byte[] OneDotTicket = [0x1B, 0x40, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x80, 0x1D, 0x56, 0];

    [Fact]
    public void A_raster_picture_comes_out_when_it_is_cut_however_the_bytes_are_split()
    {
        var chip = new ReceiptPrinterChip(16);

        foreach (var octet in OneDotTicket)
        {
            chip.Take([octet]);
        }

        var ticket = Assert.Single(chip.Tickets);
        Assert.Equal((16, 1), (ticket.Width, ticket.Height));
        Assert.Equal([0x80, 0x00], ticket.Rows);
        Assert.Equal(0, chip.UnknownBytes);
    }

    [Fact]
    public void Without_paper_it_holds_the_job_says_so_and_prints_when_paper_is_back()
    {
        var chip = new ReceiptPrinterChip(16) { Faults = PrinterFaults.PaperOut };

        chip.Take(OneDotTicket);
        var status = chip.Take([0x10, 0x04, 4]);

        Assert.Equal([0x72], status);
        Assert.Empty(chip.Tickets);
        chip.Faults = PrinterFaults.None;
        chip.Work();
        Assert.Single(chip.Tickets);
        Assert.Equal([0x12], chip.Take([0x10, 0x04, 1]));
    }

    [Fact]
    public void A_byte_that_is_no_command_is_counted()
    {
        var chip = new ReceiptPrinterChip(16);
        chip.Take([0xFF]);
        Assert.Equal(1, chip.UnknownBytes);
    }
}
