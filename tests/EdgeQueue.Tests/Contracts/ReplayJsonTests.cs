using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

public sealed class ReplayJsonTests
{
    private static readonly Moment At = new(1_700_000_000_123);
    private static readonly CallReason Why = new("target", 50, 60_000, 300_000, 120_000, false, 2, [new Beaten(2, "loans", 1, 5, 6, 7)]);

    public static TheoryData<Event> Common =>
    [
        new TicketIssued(7, "A007", "A", 7, "cash", null, 50, 300_000, 120_000, "en", null, "p1", null, At, false, true, At),
        new TicketIssued(7, "Б007", "Б", 7, "касса", "veteran", 99, 300_000, 120_000, "uk", "person-1", "p1", "lease-3", new Moment(-5), true, false, At),
        new VisitArrived(7, "c1", At),
        new TransactionFinished(7, "c1", "cash", [], null, [], At),
        new TransactionFinished(7, "c1", "cash", [], "sold", [], At),
        new VisitEnded(7, VisitEnd.Finished, null, At),
        new VisitEnded(7, VisitEnd.Finished, "gone", At),
        new TicketPrintReported(7, PrintOutcome.Printed, true, At),
    ];

    /// <summary>Not as the quick reader expects it: the general one reads it.</summary>
    public static TheoryData<Event> Uncommon =>
    [
        new TicketIssued(7, "A\"7", "A", 7, "ca\\sh", null, 50, 300_000, 120_000, "en", null, "p\n1", null, At, false, true, At),
        new TransactionFinished(7, "c1", "cash", ["cash", "loans"], null, ["vip"], At),
        new VisitEnded(7, VisitEnd.NoShow, null, At),
        new TicketPrintReported(7, PrintOutcome.Uncertain, false, At),
        new CounterClosed("c1", At),
    ];

    [Theory]
    [MemberData(nameof(Common))]
    [MemberData(nameof(Uncommon))]
    public void A_replay_reads_what_was_written(Event written)
    {
        var bytes = EventJson.Write(written);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(EventJson.Write(ReplayJson.Read(EventJson.TypeOf(written), bytes))));
    }

    [Fact]
    public void A_call_is_read_without_its_explanation()
    {
        var call = new VisitCalled(7, "c1", "hall", "anna", Why, At);

        var read = Assert.IsType<VisitCalled>(ReplayJson.Read("visitCalled", EventJson.Write(call)));

        Assert.Equal(call, read with { Why = Why });
        Assert.Equal("", read.Why.Rule);
    }

    /// <summary>Each byte of it in turn is another one, or is not there, and the event is cut off behind it.</summary>
    [Theory]
    [MemberData(nameof(Common))]
    public void What_is_damaged_is_read_as_the_general_reader_reads_it(Event written)
    {
        var (type, bytes) = (EventJson.TypeOf(written), EventJson.Write(written));
        for (var i = 0; i < bytes.Length; i++)
        {
            AssertAlike([.. bytes[..i], .. bytes[(i + 1)..]]);
            AssertAlike(bytes[..i]);
            foreach (var other in "\"\\{}[],:-+.0919eE aZ\0\n\u001f\u007f"u8.ToArray().Concat<byte>([0x80, 0xC3, 0xFF]))
            {
                AssertAlike([.. bytes[..i], other, .. bytes[(i + 1)..]]);
            }
        }

        void AssertAlike(byte[] damaged) => Assert.Equal(Outcome(EventJson.Read, damaged), Outcome(ReplayJson.Read, damaged));

        string Outcome(Reader read, byte[] damaged)
        {
            try
            {
                return Encoding.UTF8.GetString(EventJson.Write(read(type, damaged)));
            }
            catch (JsonException)
            {
                return "refused";
            }
        }
    }

    private delegate Event Reader(ReadOnlySpan<char> type, ReadOnlySpan<byte> utf8);

    /// <summary>As above, but for what is inside the explanation: nobody reads that.</summary>
    [Fact]
    public void A_damaged_call_is_read_as_the_general_reader_reads_it_or_not_at_all()
    {
        foreach (var call in (VisitCalled[])[new(7, "c1", "hall", "anna", Why, At), new(7, "c1", "hall", null, Why with { Beat = [] }, At, new RatioTurn("all", 1, true), true)])
        {
            var bytes = EventJson.Write(call);
            for (var i = 0; i < bytes.Length; i++)
            {
                AssertAlike([.. bytes[..i], .. bytes[(i + 1)..]]);
                AssertAlike(bytes[..i]);
                foreach (var other in "\"\\{}[],:-0a"u8.ToArray())
                {
                    AssertAlike([.. bytes[..i], other, .. bytes[(i + 1)..]]);
                }
            }
        }

        void AssertAlike(byte[] damaged)
        {
            var (general, quick) = (Read(EventJson.Read, damaged), Read(ReplayJson.Read, damaged));
            Assert.True(general is null || general == quick, Encoding.UTF8.GetString(damaged));
        }

        VisitCalled? Read(Reader read, byte[] damaged)
        {
            try
            {
                return (VisitCalled)read("visitCalled", damaged) with { Why = Why };
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    [Fact]
    public void What_a_call_says_beside_its_explanation_is_read()
    {
        var call = new VisitCalled(7, "c1", "hall", "anna", Why, At, new RatioTurn("all", 1, true), true);

        Assert.Equal(call, (VisitCalled)ReplayJson.Read("visitCalled", EventJson.Write(call)) with { Why = Why });
    }

    [Theory]
    [InlineData("a}", """ "at":5} """, """ "at":5} """)]
    [InlineData("{\"at\":6}", """ "at":5} """, """ "at":5} """)]
    [InlineData("target", """ "at":5} """, """ "later":{"at":6},"at":5} """)]
    [InlineData("target", """ "at":5} """, """ "at":5,"later":{"at":6}} """)]
    public void A_call_ends_where_its_explanation_ends(string rule, string end, string instead)
    {
        var json = Encoding.UTF8.GetString(EventJson.Write(new VisitCalled(7, "c1", "hall", "anna", Why with { Rule = rule }, new Moment(5))));
        Assert.EndsWith(end.Trim(), json, StringComparison.Ordinal);

        var read = ReplayJson.Read("visitCalled", Encoding.UTF8.GetBytes(json[..^end.Trim().Length] + instead.Trim()));

        Assert.Equal(new VisitCalled(7, "c1", "hall", "anna", Why, new Moment(5)), Assert.IsType<VisitCalled>(read) with { Why = Why });
    }

    [Theory]
    [InlineData("""{"type":"visitCalled","visit":7,"counter":"c1","zone":"hall","operator":"anna","why":{"rule":"target","beat":[{"visit":2},"at":5}""")]
    [InlineData("""{"type":"visitCalled","visit":7,"counter":"c1","zone":"hall","operator":"anna","why":{"rule":"target","at":5}}""")]
    [InlineData("""{"type":"visitCalled","visit":7,"counter":"c1","zone":"hall","operator":"anna","why":{"rule":"target"}""")]
    public void A_call_that_is_cut_in_its_explanation_is_damaged(string json) =>
        Assert.Throws<JsonException>(() => ReplayJson.Read("visitCalled", Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"type":"visitArrived","counter":"c1","visit":7,"at":5}""")] // another order
    [InlineData("""{"type":"visitArrived","visit":7,"counter":"c1","at":5,"later":true}""")] // of a later release
    [InlineData("""{"type":"visitArrived", "visit": 7 , "counter":"\u0063\u0031","at":5}""")]
    public void What_looks_otherwise_is_read_all_the_same(string json) =>
        Assert.Equal(new VisitArrived(7, "c1", new Moment(5)), ReplayJson.Read("visitArrived", Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"type":"visitArrived","visit":7,"counter":"c1","at":5}}""")]
    [InlineData("""{"type":"visitArrived","visit":7.5,"counter":"c1","at":5}""")]
    [InlineData("""{"type":"visitArrived","visit":7,"at":5}""")]
    public void What_is_damaged_is_said(string json) =>
        Assert.Throws<JsonException>(() => ReplayJson.Read("visitArrived", Encoding.UTF8.GetBytes(json)));
}
