using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>One client takes neither all places nor all messages.</summary>
public sealed class ClientBoundsTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void A_client_with_as_many_open_holds_as_it_may_have_gets_no_other_until_one_is_over()
    {
        ClientBounds bounds = New();
        OpenHold first = bounds.TryHold("a", 10)!;
        bounds.Name(first, "h1");
        bounds.Name(bounds.TryHold("a", 10)!, "h2");

        Assert.Null(bounds.TryHold("a", 10));
        Assert.NotNull(bounds.TryHold("b", 10));
        bounds.Ended("h1");
        Assert.NotNull(bounds.TryHold("a", 10));
        Assert.Null(bounds.TryHold("a", 10));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(bounds.TryHold("a", 10));
    }

    [Fact]
    public void A_slot_that_was_taken_costs_no_hold()
    {
        ClientBounds bounds = New();
        for (int i = 0; i < 5; i++)
        {
            bounds.Release(bounds.TryHold("a", 10)!);
        }

        Assert.NotNull(bounds.TryHold("a", 10));
    }

    [Fact]
    public void Bookings_of_a_client_are_so_many_an_hour_and_refused_ones_are_not_counted()
    {
        ClientBounds bounds = New();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(bounds.TryBook("a"));
        }

        Assert.False(bounds.TryBook("a"));
        bounds.NotBooked("a");
        Assert.True(bounds.TryBook("a"));
        Assert.False(bounds.TryBook("a"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(bounds.TryBook("a"));
    }

    private ClientBounds New() => new(new BookingsSettings { HoldsPerClient = 2, BookingsPerClientAnHour = 3 }, _time);
}
