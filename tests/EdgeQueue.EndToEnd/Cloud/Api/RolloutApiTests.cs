using System.Net;
using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Cloud.Accounts;

namespace EdgeQueue.EndToEnd.Cloud.Api;

/// <summary>Roll-outs by a program.</summary>
public sealed class RolloutApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_begins_a_roll_out_once_looks_at_it_pauses_it_and_ends_it()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        await OfficeAccount.RunAsync(cloud.Database, "insert into branch(name, region, created_at) values ('oslo', 'North', 0), ('bergen', 'West', 0)");
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud);
        string wanted = $$"""{"title":"2.1","bundles":[{"compatible":"edgequeue-node","version":"2.1","size":1000,"sha256":"{{new string('a', 64)}}","address":"https://images.test/2.raucb"}],"stages":[{"percent":100,"region":"North"},{"percent":100}],"pauseHours":2}""";

        using HttpResponseMessage wrong = await program.PostAsync("/api/v1/rollouts", wanted.Replace("https:", "http:", StringComparison.Ordinal), "one");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using HttpResponseMessage nameless = await program.PostAsync("/api/v1/rollouts", wanted);
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Equal((HttpStatusCode.Created, "/api/v1/rollouts/1"), await MakeAsync(program, wanted, "one"));
        Assert.Equal((HttpStatusCode.Conflict, "notNow"), await MakeAsync(program, wanted, "two"));

        JsonNode state = await program.GetAsync("/api/v1/rollouts/1");
        Assert.Equal(("running", 1, 2, 2.0), ((string)state["rollout"]!["state"]!, (int)state["rollout"]!["stage"]!, (int)state["rollout"]!["stages"]!, (double)state["pauseHours"]!));
        Assert.Equal([("North", 1), ("", 1)], state["stages"]!.AsArray().Select(s => ((string)s!["region"]!, (int)s["branches"]!)));
        foreach ((string what, HttpStatusCode answered, string then) in new[]
        {
            ("pause", HttpStatusCode.NoContent, "paused"), ("pause", HttpStatusCode.Conflict, "paused"), ("go-on", HttpStatusCode.NoContent, "running"), ("end", HttpStatusCode.NoContent, "ended"),
            ("go-on", HttpStatusCode.Conflict, "ended"),
        })
        {
            using HttpResponseMessage put = await program.PostAsync("/api/v1/rollouts/1/" + what, "{}");
            Assert.Equal((answered, then), (put.StatusCode, (string)(await program.GetAsync("/api/v1/rollouts"))["items"]![0]!["state"]!));
        }

        // A program that never heard the answer asks again, however late; the next roll-out is another one.
        Assert.Equal((HttpStatusCode.Created, "/api/v1/rollouts/1"), await MakeAsync(program, wanted, "one"));
        Assert.Equal((HttpStatusCode.Conflict, "otherContent"), await MakeAsync(program, wanted.Replace("2.1", "2.2", StringComparison.Ordinal), "one"));
        Assert.Equal((HttpStatusCode.Created, "/api/v1/rollouts/2"), await MakeAsync(program, wanted, "two"));
        Assert.Equal([2, 1], (await program.PartsAsync("/api/v1/rollouts?limit=1")).Select(r => (int)r["id"]!));

        // It concerns all branches.
        using KeyedProgram ofRegion = await KeyedProgram.OfAsync(cloud, region: "North");
        Assert.Equal(HttpStatusCode.Forbidden, (await ofRegion.Http.GetAsync("/api/v1/rollouts/1", Cancellation)).StatusCode);
        using HttpResponseMessage refused = await ofRegion.PostAsync("/api/v1/rollouts", wanted, "one");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <returns>Where it is, or the word of the refusal.</returns>
    private static async Task<(HttpStatusCode Status, string? Says)> MakeAsync(KeyedProgram program, string wanted, string chosen)
    {
        using HttpResponseMessage answer = await program.PostAsync("/api/v1/rollouts", wanted, chosen);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["code"]);
    }
}
