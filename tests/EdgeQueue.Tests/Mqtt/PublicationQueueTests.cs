using EdgeQueue.Mqtt;

namespace EdgeQueue.Tests.Mqtt;

public sealed class PublicationQueueTests
{
    [Fact]
    public void Before_the_connection_stands_nothing_is_taken()
    {
        var queue = new PublicationQueue(10);

        Assert.Equal(PublishOutcome.NotConnected, queue.TryAdd(New()));

        Assert.Empty(queue.Take());
        Assert.Equal(0, queue.Unanswered);
    }

    [Fact]
    public void Publications_come_out_in_their_order_and_only_once()
    {
        var queue = Opened(10);
        Publication[] three = [New(), New(), New()];
        foreach (Publication publication in three)
        {
            Assert.Null(queue.TryAdd(publication));
        }

        Assert.Equal(three, queue.Take());
        Assert.Empty(queue.Take());
    }

    [Fact]
    public void The_network_thread_is_woken_once_for_all_that_it_takes_at_once()
    {
        int woken = 0;
        var queue = new PublicationQueue(10);
        queue.Open(() => woken++, () => false);

        queue.TryAdd(New());
        queue.TryAdd(New());
        Assert.Equal(1, woken);
        queue.Take();
        queue.TryAdd(New());

        Assert.Equal(2, woken);
    }

    [Fact]
    public void What_waits_alone_its_publisher_hands_over_and_nobody_is_woken()
    {
        var queue = new PublicationQueue(10);
        List<Publication> handed = [];
        queue.Open(
            () => Assert.Fail("the network thread was woken"),
            () =>
            {
                handed.Add(queue.TakeOnly()!);
                return true;
            });
        Publication[] two = [New(), New()];

        queue.TryAdd(two[0]);
        queue.TryAdd(two[1]);

        Assert.Equal(two, handed);
    }

    [Fact]
    public void Behind_another_that_waits_nothing_is_handed_over()
    {
        int tried = 0;
        var queue = new PublicationQueue(10);
        queue.Open(
            () => { },
            () =>
            {
                tried++;
                return false;
            });

        queue.TryAdd(New());
        queue.TryAdd(New());

        Assert.Equal(1, tried);
        Assert.Null(queue.TakeOnly());
        Assert.Equal(2, queue.Take().Count);
    }

    [Fact]
    public void While_many_are_unanswered_the_network_thread_does_it()
    {
        int woken = 0;
        int handed = 0;
        var queue = new PublicationQueue(100);
        queue.Open(
            () =>
            {
                woken++;
                queue.Take();
            },
            () =>
            {
                handed++;
                return queue.TakeOnly() is not null;
            });

        for (int i = 0; i < 20; i++)
        {
            queue.TryAdd(New());
        }

        Assert.Equal((8, 12), (handed, woken));
    }

    [Fact]
    public void A_full_queue_refuses_until_an_answer_makes_room()
    {
        var queue = Opened(2);
        Publication first = New();
        queue.TryAdd(first);
        queue.TryAdd(New());
        Assert.Equal(PublishOutcome.QueueFull, queue.TryAdd(New()));

        // Handed over is not answered: it still counts.
        queue.Take();
        Assert.Equal(PublishOutcome.QueueFull, queue.TryAdd(New()));
        queue.End(first, PublishOutcome.Accepted);

        Assert.Null(queue.TryAdd(New()));
    }

    [Fact]
    public async Task What_waits_when_the_connection_goes_was_not_sent()
    {
        var queue = Opened(10);
        Publication waiting = New();
        queue.TryAdd(waiting);

        queue.Close();

        Assert.Equal(PublishOutcome.NotConnected, await waiting.Outcome);
        Assert.Equal(PublishOutcome.NotConnected, queue.TryAdd(New()));
        Assert.Equal(0, queue.Unanswered);
    }

    private static Publication New() => new(new MqttPublication("a/b", default), inline: false);

    private static PublicationQueue Opened(int capacity)
    {
        var queue = new PublicationQueue(capacity);
        queue.Open(() => { }, () => false);
        return queue;
    }
}
