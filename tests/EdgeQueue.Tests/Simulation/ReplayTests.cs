using System.Text.Json;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Simulation;

namespace EdgeQueue.Tests.Simulation;

/// <summary>The call logs of an independent simulation must come out of the engine, line for line.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string, string> Logs()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(OracleFiles.Path("expected/N520_d00_fifo.csv"))!).Order())
        {
            var (day, rule) = (Path.GetFileNameWithoutExtension(file)[..8], Path.GetFileNameWithoutExtension(file)[9..]);
            data.Add(day, rule);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_recorded_day_is_called_as_the_oracle_calls_it(string day, string rule)
    {
        var branch = OracleBranch.Load();
        var (customers, faults) = TraceFile.Read(File.ReadAllText(OracleFiles.Path($"traces/{day}.csv")), branch);
        Assert.Empty(faults);
        var log = new CallLog(branch.Configuration.Counters.Select(c => c.Id));

        Replay.Run(branch, customers, RuleNames.All[rule], new RollOptions(), log);

        Assert.Equal(File.ReadLines(OracleFiles.Path($"expected/{day}_{rule}.csv")).Where(line => line.Length > 0), log.Lines);
    }

    [Fact]
    public void There_are_logs_of_six_rules() => Assert.True(Logs().Count >= 12);

    [Fact]
    public void The_configuration_states_the_branch_of_the_oracles()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(OracleFiles.Path("simulated-branch.json")));
        var rules = OracleBranch.Load().Rules;

        Assert.All(file.RootElement.GetProperty("services").EnumerateArray(), (service, i) =>
        {
            var ours = rules.Services[Lower(service.GetProperty("name"))];
            Assert.Equal(service.GetProperty("mean_s").GetInt64() * 1000, ours.MeanServiceMs);
            Assert.Equal(service.GetProperty("target_s").GetInt64() * 1000, ours.TargetMs);
            Assert.Equal(service.GetProperty("priority_99_most_important").GetInt32(), ours.Priority);
            var target = file.RootElement.GetProperty("appointment_targets_s")[i];
            if (target.ValueKind == JsonValueKind.Number)
            {
                var segment = rules.Segments["appointment-" + Lower(service.GetProperty("name"))];
                Assert.Equal(target.GetInt64() * 1000, segment.TargetMs);
                Assert.Equal(file.RootElement.GetProperty("appointment_priorities")[i].GetInt32(), segment.Priority);
            }
        });
        Assert.Equal(
            file.RootElement.GetProperty("counter_skills").EnumerateArray().Select(c => string.Join(',', c.EnumerateArray().Select(Lower))),
            rules.Counters.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => string.Join(',', rules.WorkProfiles[c.Value.WorkProfile].Services)));
    }

    [Theory]
    [InlineData("0,0,Cash,0,0,60,,600,41", "line 2: neither the service 'cash' nor a segment of this branch has target 600 s and priority 41")]
    [InlineData("0,0,Gold,0,0,60,,600,40", "line 2: there is no service 'Gold' in this branch; it has cash, accounts")]
    [InlineData("0,0,Cash,0,0,-60,,600,40", "line 2: service_s '-60' is no number")]
    public void A_row_that_this_branch_cannot_serve_is_told_with_its_line(string row, string told)
    {
        var (_, faults) = TraceFile.Read($"{TraceFile.Header}\n{row}\n", OracleBranch.Load());

        Assert.StartsWith(told, Assert.Single(faults), StringComparison.Ordinal);
    }

    private static string Lower(JsonElement name) => name.GetString()!.ToLowerInvariant();
}
