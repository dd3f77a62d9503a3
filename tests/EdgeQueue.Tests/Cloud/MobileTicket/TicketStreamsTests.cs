using EdgeQueue.Cloud.MobileTicket;

namespace EdgeQueue.Tests.Cloud.MobileTicket;

public sealed class TicketStreamsTests
{
    [Fact]
    public void One_client_cannot_take_the_streams_of_all_and_gets_one_again_when_it_has_closed_one()
    {
        var streams = new TicketStreams();
        for (int i = 0; i < TicketStreams.MostOfOne; i++)
        {
            Assert.True(streams.TryOpen("a"));
        }

        Assert.False(streams.TryOpen("a"));
        Assert.True(streams.TryOpen("b"));
        streams.Close("a");
        Assert.True(streams.TryOpen("a"));
    }

    [Fact]
    public void All_together_are_bounded_too()
    {
        var streams = new TicketStreams();
        for (int i = 0; i < TicketStreams.Most; i++)
        {
            Assert.True(streams.TryOpen($"client {i / TicketStreams.MostOfOne}"));
        }

        Assert.False(streams.TryOpen("another"));
    }
}
