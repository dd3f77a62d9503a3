using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;
using Command = System.CommandLine.Command;

namespace EdgeQueue.Tool.Commands;

/// <summary>The options of <c>edgequeue simulate --branch</c>, and the run.</summary>
internal static class BranchOptions
{
    public static readonly Option<string?> Branch = new("--branch") { Description = "The branch configuration." };

    private static readonly Option<int> Days = new("--days") { Description = "Branch: days to simulate, 1 to 100000.", DefaultValueFactory = _ => 100 };

    private static readonly Option<string?> Demand = new("--demand")
    {
        Description = "Branch: who comes, as JSON. Without it FILE.demand.json beside the branch's file, if there is one.",
    };

    private static readonly Option<string?> Journal = new Option<string?>("--from-journal")
    {
        Description = "Branch: learns who comes and how long services take from a journal, or from what 'edgequeue journal export' wrote.",
    }.ThatExists();

    private static readonly Option<string?> Hub = new("--hub") { Description = "The hub's executable, which reads a journal. Otherwise beside this program, or on PATH." };

    private static readonly Option<string?> Rule = new("--rule") { Description = $"Branch: calling rule of every work profile: {RuleNames.Listed}." };

    private static readonly Option<string?> Counters = new("--counters")
    {
        Description = "Branch: how many counters; or changes: -ID without it, +ID one more like it, either with @HH:MM-HH:MM.",
    };

    private static readonly Option<string?> Profile = new("--profile") { Description = "Branch: COUNTER:WORKPROFILE, divided by commas." };

    private static readonly Option<string[]> WhatIf = new("--what-if")
    {
        Description = $"Branch: the same days otherwise; may be said several times. {ScenarioText.Grammar}", AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<string?> Chart = new("--chart") { Description = "Branch: writes a picture to this file, SVG." };

    private static readonly Option<string?> Title = new("--title") { Description = "Branch: title of the picture." };

    private static readonly Option<string?> Export = new("--export")
    {
        Description = "Branch: writes what the journal of these days would hold, as 'edgequeue journal export' does; for --from-journal.",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Branch, Days, Demand, Journal, Hub, Rule, Counters, Profile, WhatIf, Chart, Title, Export])
        {
            command.Add(option);
        }
    }

    /// <summary>The first option that was typed and is about a branch; null: none.</summary>
    public static string? Given(ParseResult parsed) =>
        ((Option[])[Branch, Days, Demand, Journal, Hub, Rule, Counters, Profile, WhatIf, Chart, Title, Export])
            .FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (ModelOptions.Given(parsed) is { } models)
        {
            errors.WriteLine($"{models} is about a model (--model), not a branch.");
            return 2;
        }

        if (parsed.GetValue(Chart) is { } picture && !picture.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            errors.WriteLine($"--chart: '{picture}' would hold SVG whatever its name says: name it .svg. A browser shows it.");
            return 2;
        }

        foreach (var option in (Option<string?>[])[Chart, Export])
        {
            if (parsed.GetValue(option) is { } written && ResultFile.WhyNot(written) is { } unwritable)
            {
                errors.WriteLine($"{option.Name}: {unwritable}");
                return 1;
            }
        }

        var days = parsed.GetValue(Days);
        if (days is < 1 or > 100_000)
        {
            errors.WriteLine("--days is from 1 to 100000.");
            return 2;
        }

        var file = parsed.GetValue(Branch)!;
        if (BranchFile.Load(file, errors) is not { } branch)
        {
            return 1;
        }

        try
        {
            var (demand, faults) = await DemandOfAsync(parsed, file, branch, cancellation);
            foreach (var fault in faults)
            {
                errors.WriteLine(fault);
            }

            if (demand is null || Scenarios(parsed, branch, demand, errors) is not { } scenarios)
            {
                return 1;
            }

            await RunAsync(parsed, branch, demand, scenarios, days, output, errors, cancellation);
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JournalEventsException)
        {
            errors.WriteLine(wrong.Message);
            return 1;
        }
    }

    private static async Task RunAsync(
        ParseResult parsed, LoadedBranch branch, BranchDemand demand, List<Scenario> scenarios, int days, TextWriter output, TextWriter errors,
        CancellationToken cancellation)
    {
        using var progress = new ProgressLine(errors);
        var seed = (ulong)parsed.GetValue(ModelOptions.Seed);
        if (parsed.GetValue(Export) is { } export)
        {
            await Task.Run(
                () => JournalOfDays.Write(export, scenarios[0], demand, days, seed, day => progress.Say($"writing day {day} of {days}"), cancellation), cancellation);
            progress.Clear();
            output.WriteLine($"The events of {days} days in a row are in {export}.");
        }

        var began = Stopwatch.GetTimestamp();
        var figures = await Task.Run(
            () => ScenarioRun.Run(
                scenarios, demand, days, seed, done => progress.Say($"day {done} of {days}"), cancellation),
            cancellation);
        progress.Clear();
        var services = scenarios[0].Rules.Services.Keys.ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{branch.Configuration.Branch}: {Of(days, "day")} of {demand.CustomersPerDay:0} customers, {Of(scenarios[0].Staff.Count, "counter")}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s. The customers are {demand.Source}."));
        if (demand.Staff is not null)
        {
            output.WriteLine("Who works where: " + string.Join("; ", scenarios[0].Staff.Select(s => Shift(s, demand.OpensMinute))) + ".");
        }

        if (demand.Beyond is not null)
        {
            output.WriteLine(demand.Beyond);
        }

        output.WriteLine("± is the 95 % interval. Waits: of who was there when called. Late: longer than the target, or not served. Left: gone when called. Longest: of all days. –: too many were not served to say.");
        output.WriteLine();
        foreach (var line in ScenarioTable.PerService(services, figures[0]).Concat(ScenarioRemarks.Refusals(figures[0])))
        {
            output.WriteLine(line);
        }

        if (scenarios.Count > 1)
        {
            output.WriteLine();
            foreach (var line in ScenarioTable.Compared(scenarios, figures).Concat(ScenarioRemarks.Of(scenarios, figures, demand)).Concat(ScenarioRemarks.Refusals(scenarios, figures)))
            {
                output.WriteLine(line);
            }
        }

        if (parsed.GetValue(Chart) is { } chart)
        {
            var title = parsed.GetValue(Title) ?? $"{branch.Configuration.Branch}: {days} simulated days";
            await File.WriteAllTextAsync(chart, ScenarioChart.Svg(title, scenarios, figures, services), cancellation);
            output.WriteLine($"The picture is in {chart}.");
        }
    }

    private static string Of(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";

    private static string Shift(DeskPlan desk, int opensMinute)
    {
        var hours = desk.Duties.Select(d => $"{Clock(d.From)} to {(d.To >= Duty.Never ? "the end" : Clock(d.To))}");
        return string.Create(CultureInfo.InvariantCulture, $"{desk.Counter} {desk.Operator}, {string.Join(" and ", hours)}, pace {desk.Pace:0.00}");

        string Clock(long ms) => string.Create(CultureInfo.InvariantCulture, $"{(opensMinute + (ms / 60_000)) / 60:00}:{(opensMinute + (ms / 60_000)) % 60:00}");
    }

    private static async Task<(BranchDemand? Demand, IReadOnlyList<string> Faults)> DemandOfAsync(
        ParseResult parsed, string file, LoadedBranch branch, CancellationToken cancellation)
    {
        if (parsed.GetValue(Journal) is { } journal)
        {
            using var progress = new ProgressLine(parsed.InvocationConfiguration.Error);
            var history = await JournalEvents.LearnAsync(journal, parsed.GetValue(Hub), cancellation, read => progress.Say($"{read} events read"));
            return LearnedDemand.Of(history, branch, journal);
        }

        var beside = Path.ChangeExtension(file, ".demand.json");
        if ((parsed.GetValue(Demand) ?? (File.Exists(beside) ? beside : null)) is not { } from)
        {
            return (DemandReader.Usual(branch), []);
        }

        var (demand, faults) = DemandReader.Read(await File.ReadAllTextAsync(from, cancellation), Path.GetFileName(from), branch);
        return (demand, [.. faults.Select(f => $"{from}: {f}")]);
    }

    private static List<Scenario>? Scenarios(ParseResult parsed, LoadedBranch branch, BranchDemand demand, TextWriter errors)
    {
        var own = string.Join("; ", ((string?[])
        [
            parsed.GetValue(Rule) is { } rule ? "rule=" + rule : null,
            parsed.GetValue(Counters) is { } counters ? "counters=" + counters : null,
            parsed.GetValue(Profile) is { } profile ? "profile=" + profile : null,
        ]).OfType<string>());
        var first = Scenario.AsConfigured(branch, demand);
        List<Scenario> scenarios = [];
        foreach (var (change, option) in parsed.GetValue(WhatIf)!.Select(w => (w, "--what-if")).Prepend((own, "the options")))
        {
            var from = scenarios.Count == 0 ? first : scenarios[0];
            if (change.Length == 0 && option != "--what-if")
            {
                scenarios.Add(from);
            }
            else if (ScenarioText.Change(from, change, branch, demand.OpensMinute, out var fault, demand.OpenMs) is { } scenario)
            {
                scenarios.Add(scenario);
            }
            else
            {
                errors.WriteLine($"{option}: {fault}.");
                return null;
            }
        }

        return scenarios;
    }
}
