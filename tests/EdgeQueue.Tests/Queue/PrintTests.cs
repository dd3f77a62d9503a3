using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class PrintTests
{
    private static ReportPrint Reports(PrintOutcome outcome, double at, bool copy = false) => new(1, outcome, copy, At(at));

    [Fact]
    public void A_ticket_that_did_not_come_out_is_cancelled() =>
        Given(Issued(1)).When(Reports(PrintOutcome.Failed, 2)).Then(
            new TicketPrintReported(1, PrintOutcome.Failed, false, At(2)), new VisitEnded(1, VisitEnd.Cancelled, "unprinted", At(2)));

    [Fact]
    public void Somebody_who_was_called_already_needs_no_paper() =>
        Given(Opened("1"), Issued(1), Called(1, "1")).When(Reports(PrintOutcome.Failed, 2))
            .Then(new TicketPrintReported(1, PrintOutcome.Failed, false, At(2)));

    [Theory]
    [InlineData(PrintOutcome.Printed)]
    [InlineData(PrintOutcome.Uncertain)]
    public void A_late_report_brings_the_visit_back_to_its_old_place(PrintOutcome outcome) =>
        Given(Issued(1), Issued(2, at: 5)).When(Ticks(60)).Then(new VisitEnded(1, VisitEnd.Cancelled, "unprinted", At(60)))
            .When(Reports(outcome, 90)).ThenOneRestored(1)
            .See(s => Assert.Equal(0, s.Ahead(s.Find(1)!)))
            .See(s => Assert.Equal(90_000, s.Find(1)!.Durations.WaitingMs));

    [Fact]
    public void A_repeated_report_changes_nothing() =>
        Given(Issued(1), Printed(1)).When(Reports(PrintOutcome.Printed, 2)).ThenNothing();

    [Fact]
    public void A_copy_that_fails_cancels_nobody() =>
        Given(Issued(1), Printed(1)).When(Reports(PrintOutcome.Failed, 2, copy: true))
            .Then(new TicketPrintReported(1, PrintOutcome.Failed, true, At(2)));

    [Fact]
    public void A_report_about_nobody_is_refused() =>
        Given().When(Reports(PrintOutcome.Printed, 2)).ThenRefused(Refusal.UnknownVisit);

    [Fact]
    public void A_copy_is_ordered_for_who_is_here_and_for_nobody_else() =>
        Given(Issued(1), Issued(2), new VisitEnded(2, VisitEnd.Cancelled, "left", At(1)))
            .When(new ReprintTicket(1, "dispenser-1", "main", At(2))).Then(new CopyRequested(1, "dispenser-1", "main", At(2)))
            .When(new ReprintTicket(2, "dispenser-1", "main", At(2))).ThenRefused(Refusal.UnknownVisit);

    [Fact]
    public void A_copy_is_ordered_by_the_number_that_a_keypad_can_type() =>
        Given(Issued(1))
            .When(new ReprintTicket(0, "dispenser-1", "main", At(2), "1")).Then(new CopyRequested(1, "dispenser-1", "main", At(2)))
            .When(new ReprintTicket(0, "dispenser-1", "main", At(2), "7")).ThenRefused(Refusal.UnknownLabel("7"));
}
