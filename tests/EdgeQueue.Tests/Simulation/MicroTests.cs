using System.Text.Json;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation;

namespace EdgeQueue.Tests.Simulation;

/// <summary>A handful of customers and one counter, small enough to follow by hand.</summary>
public sealed class MicroTests
{
    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        foreach (var index in (int[])[0, 1])
        {
            foreach (var rule in (string[])["fifo", "strict", "rel", "edd", "edd_prio", "gcmu_cap4"])
            {
                data.Add(index, rule);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_few_customers_are_called_in_the_order_of_the_oracle(int index, string rule)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(OracleFiles.Path("micro.json")));
        var micro = file.RootElement.GetProperty("micro")[index];
        var tickets = micro.GetProperty("tickets").EnumerateArray().ToList();
        long Figure(JsonElement ticket, string name) => ticket.GetProperty(name).GetInt64();

        // A service of its own for every ticket: each has a mean service time of its own.
        var rules = new BranchRules(
            tickets.ToDictionary(t => "s" + Figure(t, "id"), t => new ServiceRules(
                "", 3, 1, 999, 1, 0, Figure(t, "target_s") * 1000, (int)Figure(t, "priority"),
                Figure(t, "mean_service_s") * 1000, [])),
            new Dictionary<string, SegmentRules>(),
            new Dictionary<string, WorkProfileRules>
            {
                ["1"] = new([.. tickets.Select(t => "s" + Figure(t, "id"))], RuleNames.All[rule]),
            },
            new Dictionary<string, CounterRules> { ["1"] = new("1", "hall") },
            new HashSet<string> { "operator-1" },
            new PolicyRules(1, 0, true, null, 0, 1, "en", 1000));
        var customers = tickets.Select(t => new Customer
        {
            Id = Figure(t, "id"),
            ArrivesAt = Figure(t, "arrive_s") * 1000,
            Service = "s" + Figure(t, "id"),
            ServiceMs = Figure(t, "service_s") * 1000,
        }).OrderBy(c => c.ArrivesAt).ThenBy(c => c.Id).ToList();
        var roll = new BranchRoll(Replay.StateOf(rules), [new("1", "operator-1", "1", [])], new RollOptions());
        roll.Open(0);
        roll.Run(customers);

        var calls = customers.OrderBy(c => c.CalledAt).ToList();
        var expected = micro.GetProperty("expected").GetProperty(rule);
        Assert.Equal(expected.GetProperty("order").EnumerateArray().Select(o => o.GetInt64()), calls.Select(c => c.Id));
        Assert.All(calls, c => Assert.Equal(
            expected.GetProperty("wait_s").GetProperty(c.Id.ToString(null, null)).GetInt64() * 1000, c.WaitMs));
    }
}
