using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue;

/// <summary>A visit's life as it is told to whoever asks why.</summary>
public sealed class VisitWordsTests
{
    private static readonly Place Cash = new("cash", 40, 600_000, 240_000, At(60));

    public static TheoryData<Event, string> Told => new()
    {
        { Issued(1), "ticket A001 for cash, priority 40, target 10:00; language en" },
        { Issued(1) with { WaitingSince = At(-90), Lease = "lease-1", Estimated = true }, "ticket A001 for cash, priority 40, target 10:00; language en, taken at 08:58:30 (estimated), printed while the dispenser was cut off" },
        { new TicketPrintReported(1, PrintOutcome.Uncertain, false, At(1)), "the ticket: whether it came out is not known" },
        { new VisitRecalled(1, "2", 2, At(1)), "to counter 2 for the 2nd time" },
        { new VisitArrived(1, "2", At(1)), "at counter 2" },
        { new TransactionFinished(1, "2", "cash", ["pickup"], "sold", ["vip"], At(1)), "cash at counter 2, outcome sold; delivered: pickup; marks: vip" },
        { new VisitEnded(1, VisitEnd.Finished, null, At(1)), "served" },
        { new VisitEnded(1, VisitEnd.Cancelled, "unprinted", At(1)), "cancelled: no paper came out, or nothing was heard of it" },
        { new VisitParked(1, "2", At(600), At(1)), "put aside at counter 2 until 09:10:00" },
        { new VisitTransferred(1, "2", "anna", true, Cash with { BoundCounter = "3" }, At(60)), "waits for cash since 09:01:00, priority 40, at counter 3, and comes back to anna afterwards" },
        { new WishesTold(1, Cash with { Wants = "arabic woman" }, At(1)), "waits for cash since 09:01:00, priority 40, for somebody with arabic, woman" },
        { new PriorityChanged(1, Cash with { Priority = 90 }, At(60), "2", "anna", "ill"), "priority 90; changed at counter 2 by anna: ill" },
        { new JourneyPlanned(1, [new("loans"), new("pickup", "boris")], false, null, At(1)), "still to do, in this order: loans, pickup with boris" },
        { new CallHeld(1, "hall", At(5), At(1)), "something else is said in 'hall': the call is shown and spoken at 09:00:05" },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void What_happened_is_told_in_words_and_the_wall_clocks_times(Event happened, string words) => Assert.Equal(words, VisitWords.Of(happened, Local));

    [Fact]
    public void Who_was_called_ahead_is_told_by_which_rule_and_before_whom()
    {
        var why = new CallReason("fifo", 40, 120_000, 600_000, 300_000, false, 3, [new(2, "loans", 40, 60_000, 600_000, 300_000)]);

        var words = CallWords.Of(new VisitPrecalled(1, "front", Cash, why, At(1)), visit => $"A00{visit}");

        Assert.StartsWith("by the rule 'fifo'; waited 2:00 of a target of 10:00", words[0], StringComparison.Ordinal);
        Assert.StartsWith("before A002: loans, waited 1:00", words[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false, null, "; it was the other side's turn, 2 of this round are used now")]
    [InlineData(0, true, true, "; it was the priority side's turn, of which nobody waited: it stays theirs")]
    public void Whose_turn_it_was_is_told(int position, bool first, bool? open, string words)
    {
        var why = new CallReason("ratio", 40, 60_000, 600_000, 300_000, false, 1, []);

        string told = CallWords.Of(new VisitCalled(1, "1", "hall", "anna", why, At(1), new RatioTurn("all", position, first, open)), visit => $"A00{visit}")[0];

        Assert.EndsWith(words, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_somebody_who_is_only_helped_with_it_is_told_and_no_score_that_did_not_count()
    {
        var why = new CallReason("target", 40, 60_000, 600_000, 300_000, false, 3, [new(2, "loans", 80, 120_000, 300_000, 300_000, Help: true), new(3, "cash", 40, 30_000, 600_000, 300_000)]);

        var words = CallWords.Of(new VisitPrecalled(1, "front", Cash, why, At(1)), visit => $"A00{visit}");

        Assert.EndsWith("mean service 5:00; is helped with only when there is no work of one's own", words[1], StringComparison.Ordinal);
        Assert.EndsWith("; its score is 50 % of the called one's", words[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_happens_to_a_visit_has_words_without_a_brace_or_a_machines_time()
    {
        var (told, kinds) = (new List<string>(), new HashSet<string>());
        foreach (var happened in VisitSample.Happened.Where(e => e is not VisitCalled && EdgeQueue.Hub.Journal.EventVisit.Of(e) is not null))
        {
            kinds.Add(EventJson.TypeOf(happened));
            told.Add(VisitWords.Of(happened, Local));
        }

        Assert.True(kinds.Count >= 9, string.Join(' ', kinds));
        Assert.All(told, words =>
        {
            Assert.NotEqual("", words);
            Assert.DoesNotContain('{', words);
            Assert.DoesNotContain("17676", words, StringComparison.Ordinal);
        });
    }

    private static string Local(Moment at) => DateTime.UnixEpoch.AddMilliseconds(WallClock.Local(at)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
