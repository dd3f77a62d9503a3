using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Printers;
using static EdgeQueue.Hardware.Printers.EscPos;

namespace EdgeQueue.Tests.Hardware.Printers;

public sealed class EscPosStatusTests
{
    [Theory]
    [InlineData(RealTimeStatus.Printer, 0x12, PrinterFaults.None)]
    [InlineData(RealTimeStatus.Printer, 0x1A, PrinterFaults.Offline)]
    [InlineData(RealTimeStatus.OfflineCause, 0x16, PrinterFaults.CoverOpen)]
    [InlineData(RealTimeStatus.OfflineCause, 0x32, PrinterFaults.PaperOut)]
    [InlineData(RealTimeStatus.OfflineCause, 0x52, PrinterFaults.Error)]
    [InlineData(RealTimeStatus.ErrorCause, 0x1A, PrinterFaults.Error)]
    [InlineData(RealTimeStatus.ErrorCause, 0x32, PrinterFaults.Error)]
    [InlineData(RealTimeStatus.Paper, 0x1E, PrinterFaults.PaperNearEnd)]
    [InlineData(RealTimeStatus.Paper, 0x72, PrinterFaults.PaperOut)]
    [InlineData(RealTimeStatus.Paper, 0x7E, PrinterFaults.PaperOut | PrinterFaults.PaperNearEnd)]
    [InlineData(RealTimeStatus.Printer, 0xFF, PrinterFaults.Unknown)]
    [InlineData(RealTimeStatus.Printer, 0x10, PrinterFaults.Unknown)]
    public void A_real_time_answer_means_what_the_command_reference_says(RealTimeStatus asked, byte answer, PrinterFaults faults) =>
        Assert.Equal(faults, EscPosStatus.RealTime(asked, answer).Faults);

    [Theory]
    [InlineData(0x00, PrinterFaults.None)]
    [InlineData(0x03, PrinterFaults.PaperNearEnd)]
    [InlineData(0x0C, PrinterFaults.PaperOut)]
    [InlineData(0x12, PrinterFaults.Unknown)]
    public void An_answer_in_order_tells_of_the_paper(byte answer, PrinterFaults faults) =>
        Assert.Equal(faults, EscPosStatus.InOrder(answer).Faults);

    [Fact]
    public void No_byte_is_both_kinds_of_answer() =>
        Assert.All(
            Enumerable.Range(0, 256).Select(value => (byte)value),
            value => Assert.False(EscPosStatus.IsRealTime(value) && EscPosStatus.IsInOrder(value)));

    [Theory]
    [InlineData(0x18, PrinterFaults.Unknown)]
    [InlineData(0x38, PrinterFaults.PaperOut)]
    [InlineData(0x08, PrinterFaults.Offline)]
    [InlineData(0x10, PrinterFaults.Error)]
    public void The_ports_bad_news_is_believed_and_its_good_news_is_not(int lines, PrinterFaults faults) =>
        Assert.Equal(faults, LinePrinterAbi.Meaning(lines).Faults);

    [Fact]
    public void Not_knowing_and_little_paper_are_no_reason_not_to_print()
    {
        Assert.False(PrinterStatus.Unknown.CannotPrint);
        Assert.False(new PrinterStatus(PrinterFaults.PaperNearEnd).CannotPrint);
        Assert.True(new PrinterStatus(PrinterFaults.PaperOut).CannotPrint);
        Assert.True(new PrinterStatus(PrinterFaults.CoverOpen | PrinterFaults.Offline).CannotPrint);
    }
}
