using EdgeQueue.Hub.Link;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tests.Hub;

/// <summary>What the hub says once to the cloud.</summary>
public sealed class LinkReportsTests
{
    private readonly LinkReports _reports = new("bookings/held", "config/held");

    [Fact]
    public void A_report_that_nobody_heard_is_said_again_after_a_while_and_a_reply_is_not()
    {
        _reports.Add("bookings/held", [1]);
        _reports.Add("config/held", [2]);
        _reports.Add("cloud/reply", [3]);
        foreach ((string topic, byte[] bytes) in _reports.Due(TimeSpan.Zero).ToArray())
        {
            _reports.Published(topic, bytes, PublishOutcome.NobodySubscribed);
        }

        Assert.Empty(_reports.Due(TimeSpan.FromSeconds(2)));
        (string Topic, byte[] Bytes)[] again = [.. _reports.Due(TimeSpan.FromSeconds(4))];
        Assert.Equal(["bookings/held", "config/held"], again.Select(a => a.Topic));
        Assert.Empty(_reports.Due(TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public void A_newer_one_that_was_heard_takes_its_place()
    {
        _reports.Add("config/held", [1]);
        _reports.Published("config/held", Assert.Single(_reports.Due(TimeSpan.Zero)).Bytes, PublishOutcome.NobodySubscribed);
        _reports.Add("config/held", [2]);
        foreach ((string topic, byte[] bytes) in _reports.Due(TimeSpan.FromSeconds(1)).ToArray())
        {
            _reports.Published(topic, bytes, PublishOutcome.Accepted);
        }

        Assert.Empty(_reports.Due(TimeSpan.FromSeconds(10)));
    }
}
