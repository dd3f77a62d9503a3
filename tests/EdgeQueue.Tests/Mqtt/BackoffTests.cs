using EdgeQueue.Mqtt;

namespace EdgeQueue.Tests.Mqtt;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void Waits_double_up_to_the_longest_and_never_beyond()
    {
        var backoff = new Backoff(First, Longest, new Random(1));

        double limit = 200;
        for (int failure = 0; failure < 2000; failure++)
        {
            double waited = backoff.Next().TotalMilliseconds;
            Assert.InRange(waited, limit / 2, limit);
            limit = Math.Min(5000, limit * 2);
        }
    }

    [Fact]
    public void Two_nodes_do_not_come_back_in_the_same_moment()
    {
        var random = new Random(1);

        TimeSpan[] waits = [.. Enumerable.Range(0, 100).Select(_ => new Backoff(First, Longest, random).Next())];

        Assert.True(waits.Distinct().Count() > 90);
    }

    [Fact]
    public void After_a_connection_that_stood_it_begins_small_again()
    {
        var backoff = new Backoff(First, Longest, new Random(1));
        for (int failure = 0; failure < 10; failure++)
        {
            backoff.Next();
        }

        backoff.Reset();

        Assert.InRange(backoff.Next(), First / 2, First);
    }
}
