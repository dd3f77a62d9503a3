using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Identity.Page;
using Microsoft.AspNetCore.Http;

namespace EdgeQueue.Tests.Identity;

/// <summary>The technician's page: what devices say of themselves is text, and its door.</summary>
public sealed class TechnicianPageTests
{
    private const string Evil = "<script>alert(\"1\")</script>'&";

    [Fact]
    public void Whatever_a_device_says_of_itself_stays_text()
    {
        var shown = new ShownBranch(
            Evil, null, Evil, Evil, [new AskingDevice(Evil, Evil, [Evil], 3)], [Evil],
            [new ShownNode("desk-1", [new ShownUnit(Evil, Evil, new NodeStatusMessage(1, true, Evil, Evil, [new Fault(Evil, Evil)], null))], null)],
            [new ShownPlace(Evil, Evil)], [new ShownPlace(Evil, Evil)]);
        var result = new PageResult(
            new DeskRequest("doctor", Node: Evil), new DeskAnswer(true, [], [new ExaminedUnit(Evil, Evil, [new Finding(Evil, Health.Broken, Evil, Evil)])]));
        var refused = new PageResult(new DeskRequest("revoke", Node: Evil), new DeskAnswer(false, [Evil]));

        foreach (string html in (string[])[TechnicianHtml.Page(shown, "t"), TechnicianHtml.Parts(shown, "t"), ResultHtml.Of(result, "t"), ResultHtml.Of(refused, "t")])
        {
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("(\"1\")", html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_node_with_a_fault_or_a_missing_unit_is_marked_and_a_console_is_not_missed()
    {
        static ShownBranch With(params ShownUnit[] units) => new("b", null, null, null, [], [], [new ShownNode("desk-1", units, null)], [], []);
        var well = new NodeStatusMessage(1, true, "display", "1", [], null);

        Assert.DoesNotContain("card fault", TechnicianHtml.Parts(With(new ShownUnit("a", "display", well)), "t"), StringComparison.Ordinal);
        Assert.DoesNotContain("card fault", TechnicianHtml.Parts(With(new ShownUnit("a", "console", null)), "t"), StringComparison.Ordinal);
        Assert.Contains("card fault", TechnicianHtml.Parts(With(new ShownUnit("a", "display", null)), "t"), StringComparison.Ordinal);
        Assert.Contains("card fault", TechnicianHtml.Parts(With(new ShownUnit("a", "display", well with { Faults = [new Fault("x", "y")] })), "t"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revoked_certificate_and_one_that_ends_before_long_are_said()
    {
        string html = TechnicianHtml.Parts(
            new ShownBranch("b", null, null, null, [], [], [new ShownNode("a", [], new KnownNode("a", null, false)), new ShownNode("c", [], new KnownNode("c", 1_767_258_000_000, true))], [], []), "t");

        Assert.Contains("Certificate revoked", html, StringComparison.Ordinal);
        Assert.Contains("Certificate until 2026-01-01 09:00Z, to be renewed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke a<", html, StringComparison.Ordinal);
        Assert.Contains("Revoke c<", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:8085", true)]
    [InlineData("localhost:9000", true)]
    [InlineData("[::1]:8085", true)]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example:8085", false)]
    [InlineData("", false)]
    public void The_page_is_reached_by_this_machines_own_names_only(string host, bool here) =>
        Assert.Equal(here, PageDoor.IsHere(new DefaultHttpContext { Request = { Host = new HostString(host) } }.Request));
}
