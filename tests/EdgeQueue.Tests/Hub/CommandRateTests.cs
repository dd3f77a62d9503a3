using EdgeQueue.Core.Contracts;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Hub;

public sealed class CommandRateTests
{
    private static readonly UnitAddress Stuck = new("desk-1", "keypad");
    private static readonly UnitAddress Other = new("desk-2", "keypad");

    private readonly FakeTime time = new();

    [Fact]
    public void A_unit_that_sends_too_much_is_refused_a_few_times_a_second_and_then_not_even_answered()
    {
        var rate = new CommandRate(time);
        var verdicts = Enumerable.Range(0, 2 * CommandRate.AtOnce).Select(_ => rate.Count(Stuck, known: true)).ToList();

        Assert.Equal(CommandRate.AtOnce, verdicts.Count(v => v == RateVerdict.Taken));
        Assert.Equal(10, verdicts.Count(v => v == RateVerdict.Refused));
        Assert.Equal(RateVerdict.Taken, rate.Count(Other, known: true));
        Assert.Contains("desk-1/keypad", rate.Fault!.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("desk-2", rate.Fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_go_on_at_the_rate_that_is_allowed_and_half_a_minute_later_nobody_speaks_of_it()
    {
        var rate = new CommandRate(time);
        for (var i = 0; i < 2 * CommandRate.AtOnce; i++)
        {
            rate.Count(Stuck, known: true);
        }

        var taken = 0;
        for (var i = 0; i < 4000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            taken += Enumerable.Range(0, 3).Count(_ => rate.Count(Stuck, known: true) == RateVerdict.Taken);
        }

        Assert.InRange(taken, (4 * CommandRate.PerSecond) - 2, 4 * CommandRate.PerSecond);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(rate.Fault);
    }

    [Fact]
    public void Units_that_nobody_configured_share_one_measure()
    {
        var rate = new CommandRate(time);
        var taken = Enumerable.Range(0, 2 * CommandRate.AtOnce).Count(i => rate.Count(new UnitAddress($"made-up-{i}", "keypad"), known: false) == RateVerdict.Taken);

        Assert.Equal(CommandRate.AtOnce, taken);
        Assert.Equal(RateVerdict.Taken, rate.Count(Stuck, known: true));
    }
}
