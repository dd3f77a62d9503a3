using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Hub;

public sealed class CheckInTriesTests
{
    private static readonly UnitAddress Desk = new("door", "tickets");
    private static readonly Decision Unknown = Decision.Refuse(Refusal.UnknownBooking);

    private readonly FakeTime time = new();

    [Fact]
    public void After_five_numbers_that_nobody_has_each_further_try_waits_twice_as_long()
    {
        var tries = new CheckInTries(time);
        for (var i = 0; i < 4; i++)
        {
            tries.Note(Desk, CheckInBy.Number, Unknown);
        }

        Assert.Null(tries.Check(Desk, CheckInBy.Number));
        List<int> pauses = [];
        for (var i = 0; i < 7; i++)
        {
            tries.Note(Desk, CheckInBy.Number, Unknown);
            pauses.Add(30 << i);
            var seconds = Math.Min(pauses[^1], 900);
            Assert.Equal(Refusal.CheckInPaused(seconds), tries.Check(Desk, CheckInBy.Number));
            Assert.Contains("door/tickets", tries.Fault!.Sentence, StringComparison.Ordinal);
            Assert.Null(tries.Check(new UnitAddress("door-2", "tickets"), CheckInBy.Number));
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Null(tries.Check(Desk, CheckInBy.Number));
            Assert.Null(tries.Fault);
        }
    }

    [Fact]
    public void A_booking_that_is_found_makes_up_for_it_and_one_that_is_only_too_early_does_not()
    {
        var tries = new CheckInTries(time);
        for (var i = 0; i < 5; i++)
        {
            tries.Note(Desk, CheckInBy.Number, Unknown);
        }

        tries.Note(Desk, CheckInBy.Number, Decision.Refuse(Refusal.BookingTooEarly("11:00", "10:30")));
        Assert.NotNull(tries.Check(Desk, CheckInBy.Number));
        tries.Note(Desk, CheckInBy.Number, Decision.Accept(new BookingLapsed("b", default)));
        Assert.Null(tries.Check(Desk, CheckInBy.Number));
    }

    [Fact]
    public void Half_an_hour_later_all_tries_are_free_again()
    {
        var tries = new CheckInTries(time);
        for (var i = 0; i < 20; i++)
        {
            tries.Note(Desk, CheckInBy.Number, Unknown);
        }

        time.Advance(TimeSpan.FromMinutes(31));
        tries.Note(Desk, CheckInBy.Number, Unknown);
        Assert.Null(tries.Check(Desk, CheckInBy.Number));
    }

    [Fact]
    public void A_code_that_was_sent_is_taken_while_numbers_pause_and_a_wrong_one_counts_for_nothing()
    {
        var tries = new CheckInTries(time);
        for (var i = 0; i < 5; i++)
        {
            tries.Note(Desk, CheckInBy.Token, Unknown);
        }

        Assert.Null(tries.Check(Desk, CheckInBy.Number));
        for (var i = 0; i < 5; i++)
        {
            tries.Note(Desk, CheckInBy.Number, Unknown);
        }

        Assert.Null(tries.Check(Desk, CheckInBy.Token));
        tries.Note(Desk, CheckInBy.Token, Decision.Accept(new BookingLapsed("b", default)));
        Assert.NotNull(tries.Check(Desk, CheckInBy.Number));
    }
}
