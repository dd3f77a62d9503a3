using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Tests.Hardware.Printers;

public sealed class EscPosPrinterTests : IDisposable
{
    // Four questions of three bytes come before a job.
    private const int Questions = 12;

    private static readonly byte[] Job =
        new EscPos().Initialise().Raster(EscPosTests.Picture(64, 20, (x, y) => x > y)).Cut().ToArray();

    private readonly ScriptedTransport transport = new();
    private readonly EscPosPrinter printer;

    public EscPosPrinterTests() => printer = new EscPosPrinter(transport);

    private EscPosPrinter Hasty() => new(transport, new EscPosTimeouts { Answer = TimeSpan.FromMilliseconds(5), Confirm = TimeSpan.FromMilliseconds(50) });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_the_printer_confirms_is_printed()
    {
        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(new PrintOutcome(PrintResult.Printed, PrinterStatus.Ready, null), outcome);
        var ticket = Assert.Single(transport.Chip.Tickets);
        Assert.True(ticket.IsBlack(5, 3));
        Assert.False(ticket.IsBlack(3, 5));
        Assert.Equal(0, transport.Chip.UnknownBytes);
    }

    [Theory]
    [InlineData(PrinterFaults.PaperOut)]
    [InlineData(PrinterFaults.CoverOpen)]
    [InlineData(PrinterFaults.Error)]
    public async Task A_printer_that_says_it_cannot_gets_not_one_byte_of_the_job(PrinterFaults fault)
    {
        transport.Chip.Faults = fault;

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(PrintResult.NotStarted, outcome.Result);
        Assert.True(outcome.Status.Has(fault));
        Assert.Equal(Questions, transport.Taken.Count);
    }

    [Fact]
    public async Task Little_paper_is_told_and_printed_on()
    {
        transport.Chip.Faults = PrinterFaults.PaperNearEnd;

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal((PrintResult.Printed, PrinterFaults.PaperNearEnd), (outcome.Result, outcome.Status.Faults));
    }

    [Fact]
    public async Task A_printer_that_is_not_there_did_not_start()
    {
        transport.IsThere = false;

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal((PrintResult.NotStarted, PrinterFaults.Offline), (outcome.Result, outcome.Status.Faults));
        Assert.Equal(PrinterFaults.Offline, (await printer.AskAsync(Cancellation)).Faults);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Where_nothing_comes_back_the_job_is_sent_and_not_known_to_be_printed(bool canRead, bool answers)
    {
        (transport.CanRead, transport.Answers) = (canRead, answers);
        using var hasty = new EscPosPrinter(transport, new EscPosTimeouts { Answer = TimeSpan.FromMilliseconds(5), Confirm = TimeSpan.FromMilliseconds(5) });

        var outcome = await hasty.PrintAsync(Job, Cancellation);

        Assert.Equal(new PrintOutcome(PrintResult.Sent, PrinterStatus.Unknown, null), outcome);
        Assert.Equal(PrinterStatus.Unknown, await hasty.AskAsync(Cancellation));
    }

    [Fact]
    public async Task A_printer_that_cannot_tell_is_waited_for_once()
    {
        transport.Answers = false;
        using var patient = new EscPosPrinter(transport, new EscPosTimeouts { Answer = TimeSpan.FromMilliseconds(5), Confirm = TimeSpan.FromMilliseconds(300) });
        await patient.PrintAsync(Job, Cancellation);
        int first = transport.Taken.Count;

        Assert.Equal(PrintResult.Sent, (await patient.PrintAsync(Job, Cancellation)).Result);

        // Not one byte after the job: nobody asks it to confirm.
        Assert.Equal(Job, transport.Taken.Skip(transport.Taken.Count - Job.Length));
        Assert.NotEqual(Job, transport.Taken.Take(first).Skip(first - Job.Length));
    }

    [Fact]
    public async Task A_slow_printer_that_answers_only_after_the_job_has_printed_it()
    {
        transport.Answers = false;
        transport.Happening = count => transport.Answers = count > Job.Length;

        using EscPosPrinter hasty = Hasty();

        Assert.Equal(PrintResult.Printed, (await hasty.PrintAsync(Job, Cancellation)).Result);
    }

    [Fact]
    public async Task One_that_has_answered_and_is_silent_now_leaves_the_job_uncertain()
    {
        using EscPosPrinter hasty = Hasty();
        await hasty.AskAsync(Cancellation);
        transport.Answers = false;

        Assert.Equal(PrintResult.Uncertain, (await hasty.PrintAsync(Job, Cancellation)).Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task One_that_takes_the_job_and_not_the_whole_question_after_it_leaves_the_job_uncertain_each_time(int ofQuestion)
    {
        // Silent from the start, so that only the first question of three bytes comes before the job.
        transport.Answers = false;
        using EscPosPrinter hasty = Hasty();

        for (var i = 0; i < 2; i++)
        {
            transport.TakesAtMost = transport.Taken.Count + 3 + Job.Length + ofQuestion;

            Assert.Equal(PrintResult.Uncertain, (await hasty.PrintAsync(Job, Cancellation)).Result);
        }
    }

    [Fact]
    public async Task One_stray_byte_does_not_make_a_silent_printer_one_that_answers()
    {
        transport.Happening = count => transport.Answers = count <= 3;
        using EscPosPrinter hasty = Hasty();

        Assert.Equal(PrintResult.Sent, (await hasty.PrintAsync(Job, Cancellation)).Result);
    }

    [Fact]
    public async Task A_printer_that_takes_nothing_of_the_job_did_not_start()
    {
        transport.TakesAtMost = Questions;

        Assert.Equal(PrintResult.NotStarted, (await printer.PrintAsync(Job, Cancellation)).Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_job_of_which_some_bytes_left_is_uncertain(int bytes)
    {
        transport.BreaksAfter = Questions + bytes;

        var outcome = await printer.PrintAsync(Job, Cancellation);

        Assert.Equal(PrintResult.Uncertain, outcome.Result);
        Assert.Equal($"scripted: took {bytes} of {Job.Length} bytes", outcome.Reason);
    }

    [Fact]
    public async Task A_job_that_was_taken_whole_and_is_not_confirmed_is_uncertain()
    {
        transport.BreaksAfter = Questions + Job.Length;

        Assert.Equal(PrintResult.Uncertain, (await printer.PrintAsync(Job, Cancellation)).Result);
    }

    [Fact]
    public async Task Paper_that_ends_in_the_middle_of_a_ticket_leaves_it_uncertain_and_is_told()
    {
        transport.Happening = count => transport.Chip.Faults = count > Questions + 50 ? PrinterFaults.PaperOut : PrinterFaults.None;
        using var hasty = new EscPosPrinter(transport, new EscPosTimeouts { Confirm = TimeSpan.FromMilliseconds(5) });

        var outcome = await hasty.PrintAsync(Job, Cancellation);

        Assert.Equal(PrintResult.Uncertain, outcome.Result);
        Assert.True(outcome.Status.Has(PrinterFaults.PaperOut));
    }

    [Fact]
    public async Task A_job_cancelled_before_its_turn_sends_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => printer.PrintAsync(Job, cancelled.Token));

        Assert.Empty(transport.Taken);
    }

    [Fact]
    public async Task What_was_printed_is_told_even_when_its_owner_was_cancelled_meanwhile()
    {
        using var cancelled = new CancellationTokenSource();
        transport.Happening = count =>
        {
            if (count == Questions + 50)
            {
                cancelled.Cancel();
            }
        };

        Assert.Equal(PrintResult.Printed, (await printer.PrintAsync(Job, cancelled.Token)).Result);
    }

    public void Dispose() => printer.Dispose();
}
