using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Api;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The configuration of a branch from head office, to a real hub and back.</summary>
public sealed class ConfigurationTests
{
    private const string Where = $"/api/v1/branches/{Broker.Branch}/configuration";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_configuration_is_checked_told_applied_and_survives_a_kill_and_what_the_branch_cannot_take_is_rejected_with_sentences()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        using KeyedProgram program = await KeyedProgram.OfAsync(stage.Cloud);
        await StandingAsync(program, "own");

        // A new service, with a button of its own; what is wrong is said at once and goes no further.
        JsonNode next = JsonNode.Parse(TestBranch.Json(revision: 2))!;
        next["services"]!.AsArray().Add(JsonNode.Parse("""{"id": "visa", "prefix": "C", "name": {"en": "Visa"}, "targetWaitSeconds": 600}"""));
        next["workProfiles"]![0]!["services"]!.AsArray().Add("visa");
        JsonNode faulty = next.DeepClone();
        next["nodes"]![0]!["units"]![0]!["dispenser"]!["buttons"]!.AsArray().Add(JsonNode.Parse("""{"key": "KEY_3", "service": "visa"}"""));
        faulty["timeZone"] = "Europe/Nowhere";
        (HttpStatusCode status, JsonNode said) = await PutAsync(program, faulty);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(said["faults"]!.AsArray(), f => (string)f!["path"]! == "$.timeZone");
        (status, said) = await PutAsync(program, next);
        Assert.True(status == HttpStatusCode.OK, said.ToJsonString());
        Assert.Contains("services: added visa", (string)said["changes"]!, StringComparison.Ordinal);
        await StandingAsync(program, "applied");
        await using (TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub))
        {
            Assert.Equal("C001", (await dispenser.TicketAsync("visa")).Ticket!.Label);
        }

        // Somebody is at work at counter 2: a configuration without it is not taken, and the branch goes on with the one before, after a kill too.
        await using (TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 2))
        {
            Assert.Null((await keypad.DoAsync(new OpenCounter("c2", "12", null, false, default))).Refusal);
        }

        JsonNode without = next.DeepClone();
        without["revision"] = 3;
        without["counters"]!.AsArray().RemoveAt(1);
        without["nodes"]!.AsArray().RemoveAt(2);
        (status, said) = await PutAsync(program, without);
        Assert.True(status == HttpStatusCode.OK, said.ToJsonString());
        JsonNode rejected = await StandingAsync(program, "rejected");
        Assert.Contains("'c2'", (string)rejected["faults"]![0]!["sentence"]!, StringComparison.Ordinal);
        stage.Hub.Kill();
        Assert.Equal(2, (int)JsonNode.Parse(await File.ReadAllBytesAsync(stage.Hub.Configuration, Cancellation))!["revision"]!);
        await stage.Hub.StartAgainAsync();
        await using (TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub))
        {
            Assert.Equal("C002", (await dispenser.TicketAsync("visa")).Ticket!.Label);
        }

        // Changed at the branch: the higher revision wins.
        next["revision"] = 9;
        await File.WriteAllTextAsync(stage.Hub.Configuration, next.ToJsonString(), Cancellation);
        await StandingAsync(program, "changed");
        await stage.Cloud.SignInAsync();
        string page = await stage.Cloud.GetAsync($"/network/{Broker.Branch}/configuration");
        Assert.Contains("services: added visa", page, StringComparison.Ordinal);
        string file = await stage.Cloud.GetAsync($"/network/{Broker.Branch}/configuration/file");
        Assert.DoesNotContain("pbkdf2", file, StringComparison.Ordinal);

        // From the file that the branch runs, by the page.
        JsonNode last = JsonNode.Parse(file)!;
        last["revision"] = 10;
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(last.ToJsonString())), "file", "branch.json" } };
        using HttpResponseMessage uploaded = await stage.Cloud.Http.PostAsync($"/network/{Broker.Branch}/configuration", form, Cancellation);
        Assert.True(uploaded.StatusCode == HttpStatusCode.OK, await uploaded.Content.ReadAsStringAsync(Cancellation));
        await StandingAsync(program, "applied");
        Assert.StartsWith("pbkdf2", (string)JsonNode.Parse(await File.ReadAllBytesAsync(stage.Hub.Configuration, Cancellation))!["operators"]![0]!["pinHash"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_whom_head_office_adds_signs_in_with_their_pin_until_they_are_taken_out()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        using KeyedProgram program = await KeyedProgram.OfAsync(stage.Cloud);
        await StandingAsync(program, "own");
        await stage.Cloud.SignInAsync();
        string before = await File.ReadAllTextAsync(stage.Hub.Configuration, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(stage, "", ("id", "nora"), ("pin", "12"))).Status);
        (HttpStatusCode status, string page) = await SendAsync(stage, "", ("id", "nora"), ("pin", TestBranch.Pin));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("PIN", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(stage, "", ("id", "nora"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(stage, "", ("id", "vera"), ("pin", "99887766"))).Status);
        (status, page) = await SendAsync(stage, "", ("id", "nora"), ("pin", "99887766"), ("workProfile", "all"), ("chooseTicket", "no"));
        Assert.True(status == HttpStatusCode.OK, page);
        Assert.Contains("operators: added nora", page, StringComparison.Ordinal);
        await StandingAsync(program, "applied");
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        ReplyMessage open = await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: "99887766");
        Assert.Equal("nora", open.Counter?.Operator);
        await dispenser.TicketAsync();
        Assert.Equal("mayNotChooseTicket", (await keypad.DoAsync(new CallTicket("c1", open.Counter!.Version, "A001", default))).Refusal?.Code);
        Assert.Null((await keypad.DoAsync(new CloseCounter("c1", open.Counter.Version, default))).Refusal);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(stage, "/remove", ("id", "nora"), ("known", "yes"))).Status);
        await StandingAsync(program, "applied");
        Assert.NotNull((await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: "99887766")).Refusal);
        Assert.Equal("vera", (await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: TestBranch.Pin)).Counter?.Operator);
        JsonNode first = JsonNode.Parse(before)!, last = JsonNode.Parse(await File.ReadAllTextAsync(stage.Hub.Configuration, Cancellation))!;
        Assert.Equal((1, 3), ((int)first["revision"]!, (int)last["revision"]!));
        first["revision"] = 3;
        Assert.True(JsonNode.DeepEquals(first, last), last.ToJsonString());
    }

    private static async Task<(HttpStatusCode Status, string Page)> SendAsync(CloudStage stage, string what, params (string Field, string Value)[] typed)
    {
        using var form = new FormUrlEncodedContent(typed.Select(t => KeyValuePair.Create(t.Field, t.Value)));
        using HttpResponseMessage answer = await stage.Cloud.Http.PostAsync($"/network/{Broker.Branch}/operators{what}", form, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<(HttpStatusCode Status, JsonNode Said)> PutAsync(KeyedProgram program, JsonNode configuration)
    {
        using HttpResponseMessage answer = await program.Http.PutAsync(Where, new StringContent(configuration.ToJsonString(), Encoding.UTF8, "application/json"), Cancellation);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!);
    }

    private static async Task<JsonNode> StandingAsync(KeyedProgram program, string expected)
    {
        JsonNode? now = null;
        await Eventually.IsAsync(async () =>
        {
            using HttpResponseMessage answer = await program.Http.GetAsync(Where, Cancellation);
            now = answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation)) : null;
            return (string?)now?["standing"] == expected;
        }, $"the configuration is {expected}", 120);
        return now!;
    }
}
