using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Scenarios;
using Command = System.CommandLine.Command;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue replay</c>: recorded customers through the real decider.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string> Branch = new("--branch")
    {
        Description = "The branch configuration: services with targets and priorities, work profiles, counters.", Required = true,
    };

    private static readonly Option<string> Trace = new Option<string>("--trace")
    {
        Description = $"The customers, CSV: either {TraceFile.Header} or {Play.DayFile.Header}; seconds from opening.", Required = true,
    }.ThatExists();

    private static readonly Option<string?> Rule = new("--rule")
    {
        Description = $"Calling rule of every work profile: {RuleNames.Listed}. Without it, each work profile's own. 'ratio' only where each work profile has a ratio in the file.",
    };

    private static readonly Option<string?> Log = new("--log")
    {
        Description = $"Writes every call to this file: {CallLog.Header}.",
    };

    private static readonly Option<string?> Counters = new("--counters")
    {
        Description = "How many counters; or changes: -ID without it, +ID one more like it, either with @HH:MM-HH:MM. Without it, all of the branch.",
    };

    private static readonly Option<string> Opens = new("--opens")
    {
        Description = "Local time HH:MM of second 0, for the hours of --counters.", DefaultValueFactory = _ => "09:00",
    };

    private static readonly Option<double> Absent = new("--absent")
    {
        Description = "Seconds that a counter waits for somebody who has left.", DefaultValueFactory = _ => 45,
    };

    public static Command Create()
    {
        var command = new TaughtCommand(
            "replay",
            """
            Runs recorded customers through the branch's own decider, at full speed, and says how long they waited.

            All counters of the branch are open all day, unless --counters says otherwise, each with one of the configured operators and their skills; ticket
            numbers do not end. Who has an appointment checks in by a booking, at the recorded
            time also where the branch's own check-in would not have opened yet. Who is called when is decided by the same code as in the branch.
            'late' waited longer than the target of their service or segment, or were not served; 'left' were gone when they were called.
            Of customers with an equal claim, the branch calls first who checked in first, since tickets are numbered in that order; the ids of a trace
            decide only between those who checked in at the same second. Where that is not the order of the ids, the report says how many it concerns.
            '–' stands for a wait that cannot be said, because more than one of a hundred were not served.

              edgequeue replay --branch tests/Oracles/branch.json --trace tests/Oracles/traces/N520_d00.csv --rule fifo
              edgequeue replay --branch examples/branch/branch.json --trace examples/days/quiet-hour.csv --log calls.csv
            """)
        {
            Branch, Trace, Rule, Counters, Opens, Log, Absent,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(Branch), parsed.GetRequiredValue(Trace), parsed.GetValue(Rule), parsed.GetValue(Counters),
            parsed.GetValue(Opens)!, parsed.GetValue(Log), parsed.GetValue(Absent), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(
        string branchFile, string traceFile, string? ruleName, string? counters, string opens, string? log, double absent, TextWriter output,
        TextWriter errors)
    {
        if (absent is not (>= 0 and <= 3600))
        {
            errors.WriteLine("--absent is from 0 to 3600 seconds.");
            return 2;
        }

        if (BranchFile.Load(branchFile, errors) is not { } branch)
        {
            return 1;
        }

        var changes = string.Join("; ", ((string?[])[ruleName is null ? null : "rule=" + ruleName, counters is null ? null : "counters=" + counters]).OfType<string>());
        var configured = new Scenario("", Staffing.Rules(branch), Staffing.EveryCounter(branch));
        if (TimeOfDay.MinuteOf(opens) is not { } minute)
        {
            errors.WriteLine($"--opens: '{opens}' is no local time HH:MM.");
            return 2;
        }

        var wrongChange = "";
        if ((changes.Length == 0 ? configured : ScenarioText.Change(configured, changes, branch, minute, out wrongChange)) is not { } scenario)
        {
            errors.WriteLine($"{wrongChange}.");
            return 2;
        }

        try
        {
            if (log is not null && ResultFile.WhyNot(log) is { } unwritable)
            {
                errors.WriteLine($"--log: {unwritable}");
                return 1;
            }

            var (customers, faults) = TraceFile.Read(File.ReadAllText(traceFile), branch);
            foreach (var fault in faults)
            {
                errors.WriteLine($"{traceFile}: {fault}");
            }

            if (faults.Count > 0)
            {
                return 1;
            }

            var began = Stopwatch.GetTimestamp();
            using var progress = new ProgressLine(errors);
            var calls = new CallLog(scenario.Staff.Select(s => s.Counter), called => progress.Say($"{called} calls for {customers.Count} customers"));
            Replay.Run(scenario.Rules, scenario.Staff, customers, new RollOptions((long)(absent * 1000)), calls);
            progress.Clear();
            var took = Stopwatch.GetElapsedTime(began);
            if (log is not null)
            {
                // RFC 4180: lines end with CR LF.
                File.WriteAllText(log, string.Join("\r\n", calls.Lines) + "\r\n");
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{customers.Count} {(customers.Count == 1 ? "customer" : "customers")} at {scenario.Staff.Count} {(scenario.Staff.Count == 1 ? "counter" : "counters")}, rule {ruleName ?? "as configured"}, in {took.TotalSeconds:0.00} s."));
            foreach (var line in FigureTable.Lines(branch, scenario.Rules, customers))
            {
                output.WriteLine(line);
            }

            if (Replay.CheckedInBeforeTheirWindow(scenario.Rules, customers) is > 0 and var early)
            {
                output.WriteLine(
                    $"{early} {(early == 1 ? "customer" : "customers")} checked in earlier before the slot than this branch lets them: taken as recorded, so they could be called from then on.");
            }

            if (TraceFile.OutOfIdOrder(customers) is > 0 and var passed)
            {
                output.WriteLine(
                    $"{passed} {(passed == 1 ? "customer has" : "customers have")} the clock_s of somebody with a larger id who checked in before: of equals this branch calls first who checked in first, as it numbers its tickets, and not the smaller id.");
            }

            foreach (var refused in customers.Where(c => c.Refusal is not null).GroupBy(c => c.Refusal))
            {
                output.WriteLine($"{refused.Count()} got no ticket: {refused.Key}");
            }

            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(wrong.Message);
            return 1;
        }
    }
}
