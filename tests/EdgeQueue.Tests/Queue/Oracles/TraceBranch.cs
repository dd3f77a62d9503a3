using System.Globalization;
using System.Text.Json;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Oracles;

/// <summary>One customer of a trace; times in seconds from opening.</summary>
internal sealed record Customer(
    long Id, long CheckIn, string Service, long Clock, long ServiceTime, double? Patience, long Target, int Priority)
{
    public static IReadOnlyList<Customer> Read(string file) =>
        [.. File.ReadLines(OracleFiles.Path(file)).Skip(1).Select(Parse)];

    private static Customer Parse(string line)
    {
        var f = line.Split(',');
        return new(Number(f[0]), Number(f[1]), f[2], Number(f[4]), Number(f[5]),
            f[6].Length == 0 ? null : double.Parse(f[6], CultureInfo.InvariantCulture), Number(f[7]), (int)Number(f[8]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The branch of <c>branch.json</c> as rules of the core.</summary>
internal static class TraceBranch
{
    public const long AbsentSeconds = 45;

    public static BranchRules Rules(CallingRuleKind rule)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(OracleFiles.Path("branch.json")));
        var root = file.RootElement;
        var services = root.GetProperty("services").EnumerateArray().Select((s, i) => KeyValuePair.Create(
            s.GetProperty("name").GetString()!,
            new ServiceRules(
                ((char)('A' + i)).ToString(), 3, 1, 999, 1, 0, s.GetProperty("target_s").GetInt64() * 1000,
                s.GetProperty("priority_99_most_important").GetInt32(), s.GetProperty("mean_s").GetInt64() * 1000, [])));
        var skills = root.GetProperty("counter_skills").EnumerateArray()
            .Select((c, i) => (Id: (i + 1).ToString(CultureInfo.InvariantCulture),
                Services: c.EnumerateArray().Select(s => s.GetString()!).ToArray()))
            .ToList();
        return new(
            new Dictionary<string, ServiceRules>(services),
            new Dictionary<string, SegmentRules>(),
            skills.ToDictionary(c => c.Id, c => new WorkProfileRules(c.Services, rule)),
            skills.ToDictionary(c => c.Id, c => new CounterRules(c.Id, "hall")),
            skills.Select(c => "operator-" + c.Id).ToHashSet(),
            new PolicyRules(1, 0, true, null, 0, 1, "en", 100_000));
    }
}
