using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>An update that is rolled back: the release before this one finds a journal that this one wrote, goes on with it, and is updated again (DESIGN.md §5).</summary>
public sealed class ReleaseBeforeTests
{
    [Fact]
    [Trait("Length", "Long")]
    public async Task The_release_before_reads_what_this_one_wrote_goes_on_with_it_and_gives_it_back()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        Assert.Equal(0, await hub.StopAsync());
        await ConfigureAsync(hub);
        await hub.StartAgainAsync();
        int people = await DayAsync(hub);
        Assert.Equal(0, await hub.StopAsync());
        string[] written = await hub.ExportAsync();
        string[] kinds = [.. written.Select(KindOf).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(kinds.Length >= 20, string.Join(' ', kinds));
        string then = await StateAsync(hub, written.Length);

        hub.Program = Executables.HubOfReleaseBefore;
        await hub.AssertSoundAsync();
        Assert.Equal(written.Length, (await hub.ExportAsync()).Length);
        Assert.Equal(then, await StateAsync(hub, written.Length));
        await hub.StartAgainAsync();
        Assert.Equal($"A{people + 1:000}", await ServeOneAsync(hub));
        Assert.Equal(0, await hub.StopAsync());

        hub.Program = Executables.Hub;
        await hub.AssertSoundAsync();
        Assert.Equal(written, (await hub.ExportAsync())[..written.Length]);
        await hub.StartAgainAsync();
        Assert.Equal($"A{people + 2:000}", await ServeOneAsync(hub));
        await hub.AssertSoundAsync();
    }

    private static string KindOf(string line) => (string)JsonNode.Parse(line)!["event"]!["type"]!;

    private static async Task<string> StateAsync(HubUnderTest hub, int events)
    {
        (int code, string said) = await hub.CommandAsync("journal", "replay", hub.Journal, "--until", $"#{events}");
        Assert.True(code == 0, said);
        return said;
    }

    private static Task ConfigureAsync(HubUnderTest hub)
    {
        JsonNode branch = JsonNode.Parse(TestBranch.Json(revision: 2))!;
        branch["segments"] = JsonNode.Parse("""[{"id": "first", "name": {"en": "First"}, "priority": 80}]""");
        branch["segmentRules"] = JsonNode.Parse("""[{"attributes": ["veteran"], "segment": "first"}]""");
        branch["policy"]!["noShowRequeue"] = JsonNode.Parse("""{"places": 1, "times": 1}""");
        branch["services"]![0]!["meanService"] = "learned";
        branch["workProfiles"] = JsonNode.Parse(
            """[{"id": "all", "services": ["general", "advice"], "rule": "ratio", "ratio": {"priority": 60}, "helps": [{"service": "advice"}], "setPriority": true}]""");
        return File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString());
    }

    /// <returns>How many tickets of "general" were taken.</returns>
    private static async Task<int> DayAsync(HubUnderTest hub)
    {
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit first = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit second = await TestUnit.KeypadAsync(hub, 2);
        async Task<long> Take(IssueTicket ticket)
        {
            string id = TestUnit.NewId();
            ReplyMessage reply = TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(id, ticket with { Press = id })));
            Assert.Null(reply.Refusal);
            await dispenser.DoAsync(new ReportPrint(reply.Ticket!.Visit, PrintOutcome.Printed, false, default));
            return reply.Ticket.Visit;
        }

        IssueTicket general = new("", "general", null, "en", null, default);
        await Take(general);
        await Take(general with { Attributes = ["veteran"], People = 3, Case = "case-9" });
        await Take(general with { Service = "advice", Steps = [new JourneyStep("general")] });
        await Take(general);
        await Take(general);
        await Take(general with { Service = "advice" });
        await dispenser.DoAsync(new LeaseNumbers("door", "tickets", new string('a', 32), new Dictionary<string, int> { ["general"] = 0 }, default));

        long at1 = Version(await first.DoAsync(new OpenCounter("c1", "11", null, false, default)));
        long at2 = Version(await second.DoAsync(new OpenCounter("c2", "12", null, false, default)));
        Accepted(await second.DoAsync(new SetPriority(0, 90, default, "c2", "A004", Reason: "pregnant")));
        at1 = Version(await first.DoAsync(new CallNext("c1", at1, default)));
        at1 = Version(await first.DoAsync(new Recall("c1", at1, default)));
        at1 = Version(await first.DoAsync(new Arrive("c1", at1, default)));
        at1 = Version(await first.DoAsync(new Finish("c1", at1, ["general"], "done", ["form-7"], default)));
        at1 = Version(await first.DoAsync(new Reinstate("c1", at1, default)));
        at1 = Version(await first.DoAsync(new Transfer("c1", at1, "advice", null, null, true, default)));
        at2 = Version(await second.DoAsync(new CallNext("c2", at2, default)));
        at2 = Version(await second.DoAsync(new NoShow("c2", at2, default)));
        at2 = Version(await second.DoAsync(new CallNext("c2", at2, default)));
        at2 = Version(await second.DoAsync(new Arrive("c2", at2, default)));
        at2 = Version(await second.DoAsync(new Park("c2", at2, 10, default)));
        at2 = Version(await second.DoAsync(new CallNext("c2", at2, default)));
        at2 = Version(await second.DoAsync(new Requeue("c2", at2, true, default)));
        at2 = Version(await second.DoAsync(new CallTicket("c2", at2, "B002", default)));
        at2 = Version(await second.DoAsync(new Arrive("c2", at2, default)));
        at2 = Version(await second.DoAsync(new Finish("c2", at2, [], null, [], default)));
        Accepted(await second.DoAsync(new PauseCounter("c2", at2, "lunch", default, 30)));
        at1 = Version(await first.DoAsync(new CallNext("c1", at1, default)));
        Accepted(await first.DoAsync(new NoShow("c1", at1, default)));
        return 4;
    }

    private static long Version(ReplyMessage reply)
    {
        Accepted(reply);
        return reply.Counter!.Version;
    }

    private static void Accepted(ReplyMessage reply) => Assert.True(reply.Refusal is null, $"{reply.Refusal?.Code}: {reply.Refusal?.Sentence}");

    private static async Task<string> ServeOneAsync(HubUnderTest hub)
    {
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        ReplyMessage ticket = await dispenser.TicketAsync();
        long at = Version(await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default)));
        at = Version(await keypad.DoAsync(new CallTicket("c1", at, ticket.Ticket!.Label, default)));
        at = Version(await keypad.DoAsync(new Arrive("c1", at, default)));
        Accepted(await keypad.DoAsync(new Finish("c1", at, [], null, [], default)));
        return ticket.Ticket.Label;
    }
}
