using System.Net;
using System.Threading.Channels;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Printers;

public sealed class PrinterTransportsTests : IDisposable
{
    private static readonly byte[] Job =
        new EscPos().Initialise().Raster(EscPosTests.Picture(384, 600, (x, y) => (x ^ y) % 3 == 0)).Feed(20).Cut().ToArray();

    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_printer_prints_confirms_and_tells_its_faults()
    {
        var tickets = Channel.CreateUnbounded<MonochromeBitmap>();
        using var stop = new CancellationTokenSource();
        var server = new ReceiptPrinterServer(new IPEndPoint(IPAddress.Loopback, 0), 384, ticket => tickets.Writer.TryWrite(ticket));
        server.Start();
        var serving = server.RunAsync(stop.Token);
        using var printer = new EscPosPrinter(PrinterTransports.Of($"tcp://127.0.0.1:{server.Port}"));

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(new PrintOutcome(PrintResult.Printed, PrinterStatus.Ready, null), outcome);
        var ticket = await Soon.Next(tickets.Reader);
        Assert.True(ticket.IsBlack(3, 0));
        Assert.False(ticket.IsBlack(1, 0));
        Assert.Equal(0, server.UnknownBytes);

        server.Faults = PrinterFaults.PaperOut;
        Assert.Equal(PrinterFaults.PaperOut | PrinterFaults.Offline, (await printer.AskAsync(Cancellation)).Faults);
        Assert.Equal(PrintResult.NotStarted, (await printer.PrintAsync(Job, Cancellation)).Result);
        await stop.CancelAsync();
        await Soon.Of(serving);
    }

    [Fact]
    public async Task A_network_printer_that_is_off_is_offline()
    {
        // A port that nobody listens at: taken and given back.
        var gone = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        using var printer = new EscPosPrinter(PrinterTransports.Of($"tcp://127.0.0.1:{port}"));

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal((PrintResult.NotStarted, PrinterFaults.Offline), (outcome.Result, outcome.Status.Faults));
        Assert.Contains($"tcp://127.0.0.1:{port}: cannot connect", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_printer_on_a_serial_line_prints_and_confirms()
    {
        using var other = new FakeSerial();
        var chip = new ReceiptPrinterChip(384);
        using var stop = new CancellationTokenSource();
        var playing = Task.Run(() => Play(other, chip, stop.Token), Cancellation);
        using var printer = new EscPosPrinter(PrinterTransports.Of(other.Path, new() { Baud = 115_200 }));

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(new PrintOutcome(PrintResult.Printed, PrinterStatus.Ready, null), outcome);
        await stop.CancelAsync();
        await Soon.Of(playing);
        Assert.Single(chip.Tickets);
        Assert.Equal(0, chip.UnknownBytes);
        Assert.Equal(115_200, other.Baud);
    }

    [Fact]
    public async Task A_plain_file_gets_one_job_after_the_other_and_no_questions()
    {
        File.WriteAllText(folder["lp0"], "");
        using var printer = new EscPosPrinter(PrinterTransports.Of(folder["lp0"]));

        Assert.Equal(PrintResult.Sent, (await printer.PrintAsync(Job, Cancellation)).Result);
        Assert.Equal(PrintResult.Sent, (await printer.PrintAsync(Job, Cancellation)).Result);

        Assert.Equal([.. Job, .. Job], File.ReadAllBytes(folder["lp0"]));
    }

    [Fact]
    public async Task A_fifo_that_nobody_reads_is_a_printer_that_is_off_and_one_that_stops_reading_leaves_the_job_uncertain()
    {
        using (new FakeKeys(folder["lp0"]))
        {
            // Only for its FIFO.
        }

        using var printer = new EscPosPrinter(
            PrinterTransports.Of(folder["lp0"]), new EscPosTimeouts { Write = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(PrintResult.NotStarted, (await printer.PrintAsync(Job, Cancellation)).Result);

        // A reader that never reads: the pipe takes 64 KiB, or less where its user has many.
        using var reader = new FakeKeys(folder["lp0"]);
        var outcome = await printer.PrintAsync(new byte[100_000], Cancellation);

        Assert.Equal(PrintResult.Uncertain, outcome.Result);
        Assert.Matches(": took [1-9][0-9]* of 100000 bytes$", outcome.Reason);
    }

    [Fact]
    public async Task A_path_with_nothing_at_it_is_a_printer_that_is_not_plugged_in()
    {
        using var printer = new EscPosPrinter(PrinterTransports.Of(folder["lp0"]));

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(PrintResult.NotStarted, outcome.Result);
        Assert.Contains("is it plugged in", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://printer.local", "tcp://printer.local:9100")]
    [InlineData("tcp://10.0.0.7:9101/", "tcp://10.0.0.7:9101")]
    [InlineData("tcp://[2001:db8::1]:9100", "tcp://2001:db8::1:9100")]
    [InlineData("tcp://[2001:db8::1]", "tcp://2001:db8::1:9100")]
    [InlineData("/dev/usb/lp0", "/dev/usb/lp0")]
    public void A_printer_is_named_by_its_address(string configured, string name) =>
        Assert.Equal(name, PrinterTransports.Of(configured).Name);

    [Theory]
    [InlineData("tcp://")]
    [InlineData("tcp://printer:0")]
    [InlineData("tcp://printer:99999")]
    [InlineData("tcp://printer:lpt")]
    public void An_address_that_is_none_is_refused(string configured) =>
        Assert.Throws<ArgumentException>(() => PrinterTransports.Of(configured));

    public void Dispose() => folder.Dispose();

    private static void Play(FakeSerial line, ReceiptPrinterChip chip, CancellationToken stop)
    {
        var buffer = new byte[4096];
        while (!stop.IsCancellationRequested)
        {
            var count = line.Read(buffer, TimeSpan.FromMilliseconds(50));
            line.Write(chip.Take(buffer.AsSpan(0, count)));
        }
    }
}
