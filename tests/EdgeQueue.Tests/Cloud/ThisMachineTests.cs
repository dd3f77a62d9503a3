using System.Net;
using EdgeQueue.Cloud.Web;
using Microsoft.AspNetCore.Http;

namespace EdgeQueue.Tests.Cloud;

/// <summary>Head office's pages are for this machine only: who is there, and who only looks as if.</summary>
public sealed class ThisMachineTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:8090")]
    [InlineData("127.0.0.1", "localhost:8090")]
    [InlineData("::1", "[::1]:8090")]
    [InlineData("::ffff:127.0.0.1", "LOCALHOST")]
    public void Somebody_at_the_machine_asks_by_its_own_name(string address, string host) => Assert.True(ClientAddress.IsThisMachine(Asked(address, host)));

    [Theory]
    [InlineData("127.0.0.1", "queue.example.org")]
    [InlineData("127.0.0.1", "localhost.example.org")]
    [InlineData("127.0.0.1", "192.0.2.7")]
    [InlineData("127.0.0.1", "")]
    [InlineData("192.0.2.7", "localhost")]
    public void A_silent_proxy_or_a_name_that_was_made_to_lead_here_is_not_this_machine(string address, string host) => Assert.False(ClientAddress.IsThisMachine(Asked(address, host)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public void A_proxy_that_says_for_whom_it_came_is_not_this_machine(string header)
    {
        HttpContext context = Asked("127.0.0.1", "localhost");
        context.Request.Headers[header] = "x";

        Assert.False(ClientAddress.IsThisMachine(context));
    }

    private static DefaultHttpContext Asked(string address, string host)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        return context;
    }
}
