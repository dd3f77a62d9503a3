using System.Text.Json;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Oracles;

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
                ["1"] = new([.. tickets.Select(t => "s" + Figure(t, "id"))], CallLogTests.KindOf(rule)),
            },
            new Dictionary<string, CounterRules> { ["1"] = new("1", "hall") },
            new HashSet<string> { "operator-1" },
            new PolicyRules(1, 0, true, null, 0, 1, "en", 1000));
        var log = new TraceDriver(rules).Run([.. tickets.Select(t => new Customer(
            Figure(t, "id"), Figure(t, "arrive_s"), "s" + Figure(t, "id"), Figure(t, "arrive_s"), Figure(t, "service_s"), null,
            Figure(t, "target_s"), (int)Figure(t, "priority")))]);

        var calls = log.Skip(1).Select(line => line.Split(',').Select(f => long.Parse(f, null)).ToArray()).ToList();
        var expected = micro.GetProperty("expected").GetProperty(rule);
        Assert.Equal(expected.GetProperty("order").EnumerateArray().Select(o => o.GetInt64()), calls.Select(c => c[2]));
        foreach (var call in calls)
        {
            var arrived = Figure(tickets.Single(t => Figure(t, "id") == call[2]), "arrive_s");
            Assert.Equal(expected.GetProperty("wait_s").GetProperty(call[2].ToString(null, null)).GetInt64(), call[0] - arrived);
        }
    }
}
