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

    [Theory]
    [InlineData("0,0,Cash,2,0,60,,600,40", "line 2: appointment '2' is neither 0 nor 1")]
    [InlineData("0,10000,Accounts,1,0,100,,300,80", "line 2: clock_s '0' is before checkin_s '10000'")]
    [InlineData("0,0,Cash,0,0,x,y,600,40", "line 2: service_s 'x' is no number from 0 to 1000000000; patience_s 'y' is no number")]
    [InlineData("0,0,Cash,0,0,60,,600,40\n0,5,Cash,0,5,60,,600,40", "line 3: id 0 is already in line 2")]
    public void A_row_that_says_what_cannot_be_is_told_with_all_that_is_wrong(string rows, string told) => Assert.StartsWith(
        told, Assert.Single(TraceFile.Read($"{TraceFile.Header}\n{rows}\n", OracleBranch.Load()).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("checkin_s,id,service,appointment,clock_s,service_s,patience_s,target_s,priority\n")]
    public void A_file_without_a_known_first_line_is_told_both_that_are(string text)
    {
        var told = Assert.Single(TraceFile.Read(text, OracleBranch.Load()).Faults);

        Assert.Contains(TraceFile.Header, told, StringComparison.Ordinal);
        Assert.Contains(EdgeQueue.Tool.Play.DayFile.Header, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_bad_lines_it_is_told_how_many_more_there_are()
    {
        var (_, faults) = TraceFile.Read(TraceFile.Header + "\n" + string.Concat(Enumerable.Repeat("x\n", 300)), OracleBranch.Load());

        Assert.Equal(21, faults.Count);
        Assert.Equal("and 280 more lines like these", faults[^1]);
    }

    [Fact]
    public void A_recorded_check_in_counts_as_it_was_however_early()
    {
        var branch = OracleBranch.Load();
        var (customers, faults) = TraceFile.Read($"{TraceFile.Header}\n0,0,Accounts,1,3660,100,,300,80\n", branch);
        Assert.Empty(faults);
        Assert.Equal(1, Replay.CheckedInBeforeTheirWindow(branch.Rules, customers));
        var log = new CallLog(branch.Configuration.Counters.Select(c => c.Id));

        Replay.Run(branch, customers, null, new RollOptions(), log);

        // An idle counter takes an appointment that is early, says the oracle's semantics.
        Assert.Equal(0, customers[0].CalledAt);
    }

    [Theory]
    // Somebody whose appointment is at 1845 checks in long before a walk-in of that second.
    [InlineData(71, 89, 0)]
    [InlineData(89, 71, 1)]
    public void Of_an_equal_start_it_can_be_said_how_many_the_order_of_the_ids_would_have_put_before_who_checked_in_first(int booked, int walkIn, int told)
    {
        var branch = OracleBranch.Load();
        var (customers, faults) = TraceFile.Read(
            $"{TraceFile.Header}\n{booked},1545,Accounts,1,1845,100,,300,80\n{walkIn},1845,Accounts,0,1845,100,,900,50\n", branch);
        Assert.Empty(faults);

        Assert.Equal(told, TraceFile.OutOfIdOrder(customers));
    }

    [Fact]
    public void Who_is_never_called_is_late_and_makes_no_wait_shorter()
    {
        var branch = OracleBranch.Load();
        var (customers, faults) = TraceFile.Read(File.ReadAllText(OracleFiles.Path("traces/N520_d00.csv")), branch);
        Assert.Empty(faults);
        Replay.Run(Staffing.Rules(branch), [Staffing.EveryCounter(branch)[0]], customers, new RollOptions(), null);
        var loans = WaitFigures.Of([.. customers.Where(c => c.Service == "loans")], branch.Rules);

        // Counter 1 has no loans.
        Assert.Equal((loans.Customers, 0, 1.0), (loans.Unserved, loans.Called, loans.Late));
        Assert.True(double.IsNaN(loans.Mean) && double.IsNaN(loans.P95) && double.IsNaN(loans.Longest));
        Assert.Contains(FigureTable.Lines(branch, branch.Rules, customers), l => l.StartsWith("loans", StringComparison.Ordinal) && l.Contains('–', StringComparison.Ordinal));
    }

    private static string Lower(JsonElement name) => name.GetString()!.ToLowerInvariant();
}
