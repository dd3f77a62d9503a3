using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Roles.Audio;

namespace EdgeQueue.Tests.Node.Audio;

public sealed class AnnouncementQueueTests
{
    private const string Journal = "j1";

    [Fact]
    public void Calls_are_spoken_once_each_in_their_order()
    {
        var queue = Queue();
        queue.Observe(Calls(12, Call(12, at: 2), Call(11, at: 1)));

        Assert.Equal([11L, 12L], Spoken(queue, At(3)));
        queue.Observe(Calls(13, Call(12, at: 2), Call(11, at: 1)));
        Assert.Empty(Spoken(queue, At(4)));
    }

    [Fact]
    public void A_restart_neither_repeats_nor_loses_a_call()
    {
        var before = Queue();
        before.Observe(Calls(12, Call(11, at: 1), Call(12, at: 2)));
        Assert.Equal(11, before.Next(At(3))!.Call.Seq);

        var after = Queue(before.Mark);
        after.Observe(Calls(12, Call(11, at: 1), Call(12, at: 2)));

        Assert.Equal([12L], Spoken(after, At(5)));
    }

    [Fact]
    public void The_mark_has_moved_before_the_caller_can_make_a_sound()
    {
        var queue = Queue();
        queue.Observe(Calls(11, Call(11, at: 1)));
        queue.Next(At(1));

        Assert.Equal(new SpokenMark(Journal, 11), queue.Mark);
    }

    [Fact]
    public void A_call_that_is_too_old_when_its_turn_comes_is_dropped_and_counted_once()
    {
        var queue = Queue();
        queue.Observe(Calls(12, Call(11, at: 0), Call(12, at: 10)));

        Assert.Equal([12L], Spoken(queue, At(30.001)));
        queue.Observe(Calls(13, Call(11, at: 0), Call(12, at: 10)));
        Assert.Empty(Spoken(queue, At(31)));
        Assert.Equal(new Dictionary<string, long> { [AudioCount.TooOld] = 1, [AudioCount.Spoken] = 1 }, queue.TakeCounts());
        Assert.Empty(queue.TakeCounts());
    }

    [Fact]
    public void A_call_of_exactly_thirty_seconds_ago_is_still_spoken()
    {
        var queue = Queue();
        queue.Observe(Calls(11, Call(11, at: 0)));

        Assert.Equal([11L], Spoken(queue, At(30)));
    }

    [Fact]
    public void A_repeat_has_a_seq_of_its_own_and_is_spoken_again()
    {
        var queue = Queue();
        queue.Observe(Calls(11, Call(11, at: 0)));
        Assert.Equal([11L], Spoken(queue, At(1)));
        queue.Observe(Calls(15, Call(15, at: 12, times: 2)));

        Assert.Equal([15L], Spoken(queue, At(12)));
    }

    [Fact]
    public void Whoever_has_arrived_before_the_turn_came_is_not_called_any_more()
    {
        var queue = Queue();
        queue.Observe(Calls(12, Call(11, at: 0), Call(12, at: 0)));
        queue.Observe(Calls(13, Call(12, at: 0)));

        Assert.Equal([12L], Spoken(queue, At(1)));
        Assert.Equal(1, queue.TakeCounts()[AudioCount.AnsweredBefore]);
    }

    [Fact]
    public void Under_overload_repeats_go_first()
    {
        // Five seconds an announcement: seven make the last wait too long, six do not.
        var queue = Queue();
        queue.Observe(Calls(18, [.. Enumerable.Range(11, 8).Select(seq => Call(seq, at: 0, times: seq is 12 or 14 or 16 ? 2 : 1))]));

        Assert.Equal(11, queue.Next(At(1))!.Call.Seq);
        Assert.Equal(new Dictionary<string, long> { [AudioCount.RepeatDropped] = 2, [AudioCount.Spoken] = 1 }, queue.TakeCounts());
        Assert.Equal([13L, 15L, 16L, 17L, 18L], Spoken(queue, At(6), every: 4));
    }

    [Fact]
    public void When_that_is_not_enough_further_languages_go_and_are_counted()
    {
        var queue = Queue();
        queue.Observe(Calls(17, [.. Enumerable.Range(11, 7).Select(seq => Call(seq, at: 0, languages: ["nb", "en", "uk"]))]));

        var first = queue.Next(At(1))!;

        Assert.Equal(["nb"], first.Languages);
        Assert.Equal(new Dictionary<string, long> { [AudioCount.LanguageDropped] = 2, [AudioCount.Spoken] = 1 }, queue.TakeCounts());
    }

    [Fact]
    public void When_the_rush_is_over_all_languages_are_spoken_again()
    {
        var queue = Queue();
        queue.Observe(Calls(12, Call(11, at: 0, languages: ["nb", "en", "uk"]), Call(12, at: 0, languages: ["nb", "en", "uk"])));

        Assert.Equal(["nb", "en", "uk"], queue.Next(At(1))!.Languages);
    }

    [Fact]
    public void A_forked_journal_counts_anew()
    {
        var queue = Queue(new SpokenMark("j0", 500));
        queue.Observe(Calls(12, Call(12, at: 0)));

        Assert.Equal([12L], Spoken(queue, At(1)));
        Assert.Equal(new SpokenMark(Journal, 12), queue.Mark);
    }

    [Fact]
    public void An_echo_of_older_state_brings_nothing_back()
    {
        var queue = Queue();
        queue.Observe(Calls(14));
        queue.Observe(Calls(12, Call(12, at: 0)));

        Assert.Empty(Spoken(queue, At(1)));
    }

    [Fact]
    public void During_an_evacuation_nobody_is_called()
    {
        var queue = Queue();
        queue.Observe(Calls(12, Call(11, at: 0)));
        queue.Observe(Evacuating(13, Call(11, at: 0)));

        Assert.Equal("Leave", queue.Evacuation!["en"]);
        Assert.Null(queue.Next(At(1)));
        Assert.False(queue.Waits);
    }

    [Fact]
    public void Who_was_called_before_an_evacuation_is_not_called_after_it_and_newer_ones_are()
    {
        var queue = Queue();
        queue.Observe(Evacuating(13, Call(11, at: 0), Call(12, at: 0)));
        queue.Observe(Calls(16, Call(11, at: 0), Call(12, at: 0), Call(16, at: 9)));

        Assert.Null(queue.Evacuation);
        Assert.Equal([16L], Spoken(queue, At(10)));
    }

    [Fact]
    public void A_restart_during_an_evacuation_does_not_bring_the_old_calls_back()
    {
        var before = Queue();
        before.Observe(Evacuating(13, Call(11, at: 0)));

        var after = Queue(before.Mark);
        after.Observe(Calls(15, Call(11, at: 0)));

        Assert.Empty(Spoken(after, At(5)));
    }

    [Fact]
    public void A_call_that_seems_to_come_from_the_future_is_new() // the heartbeat's time is a network's delay behind
    {
        var queue = Queue();
        queue.Observe(Calls(11, Call(11, at: 5)));

        Assert.Equal([11L], Spoken(queue, At(4.99)));
    }

    private static AnnouncementQueue Queue(SpokenMark? mark = null) =>
        new(mark ?? new SpokenMark(Journal, 0), new SpeechPace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));

    private static List<long> Spoken(AnnouncementQueue queue, Moment now, double every = 0)
    {
        var spoken = new List<long>();
        while (queue.Next(now) is { } next)
        {
            spoken.Add(next.Call.Seq);
            now += TimeSpan.FromSeconds(every);
        }

        return spoken;
    }

    private static Moment At(double seconds) => new Moment(1_000_000) + TimeSpan.FromSeconds(seconds);

    private static OpenCall Call(long seq, double at, int times = 1, string[]? languages = null) =>
        new(seq, $"A{seq:000}", "c5", "5", "counter", At(at).Milliseconds, times, languages ?? ["en"]);

    private static CallsMessage Calls(long seq, params OpenCall[] calls) => new(1, Journal, seq, "hall", calls, null);

    private static CallsMessage Evacuating(long seq, params OpenCall[] calls) =>
        new(1, Journal, seq, "hall", calls, new Dictionary<string, string> { ["en"] = "Leave" });
}
