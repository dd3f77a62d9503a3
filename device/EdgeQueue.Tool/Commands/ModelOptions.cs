using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Models;
using Command = System.CommandLine.Command;

namespace EdgeQueue.Tool.Commands;

/// <summary>The options of <c>edgequeue simulate --model</c>, and the run.</summary>
internal static class ModelOptions
{
    private static readonly Dictionary<string, ModelKind> Kinds = new()
    {
        ["mmc"] = ModelKind.Mmc,
        ["mmc-priority"] = ModelKind.MmcPriority,
        ["mg1"] = ModelKind.Mg1,
        ["erlang-a"] = ModelKind.ErlangA,
        ["apq"] = ModelKind.Apq,
    };

    public static readonly Option<string?> Model = new("--model") { Description = "mmc, mmc-priority, mg1, erlang-a or apq." };

    private static readonly Option<string?> Arrivals = new("--arrivals", "--lam")
    {
        Description = "Model: arrival rate; of several classes, divided by commas, the most important first.",
    };

    private static readonly Option<string?> Service = new("--service") { Description = $"Model: {ServiceLaw.Forms}." };

    private static readonly Option<int> Servers = new("--servers", "-c")
    {
        Description = "Model: number of servers.", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double?> Patience = new("--patience") { Description = "Model erlang-a: mean patience." };

    private static readonly Option<string?> Rates = new("--rates")
    {
        Description = "Model apq: how fast each class's priority grows, divided by commas.",
    };

    private static readonly Option<string?> Within = new("--within") { Description = "Model: also tell the share of waits up to these." };

    private const string Unknown = "unknown";
    private const long UsualCustomers = 200_000;

    // With more, a person should say that they have the time.
    private const long MostUnasked = 5_000_000;

    private static readonly Option<long?> Customers = new("--customers")
    {
        Description = "Model: customers in a replication, from 1000. Without it 200000, and more where a high load needs more.",
    };

    private static readonly Option<int?> Replications = new("--replications")
    {
        Description = $"Independent replications. A model has {ModelStudy.LeastReplications} without it, and up to {ModelStudy.MostReplications} until the error is 2 %.",
    };

    public static readonly Option<long> Seed = new("--seed")
    {
        Description = "Number of the experiment: the same number gives the same customers.", DefaultValueFactory = _ => 1,
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Model, Arrivals, Service, Servers, Patience, Rates, Within, Customers, Replications, Seed])
        {
            command.Add(option);
        }
    }

    /// <summary>The first option that was typed and is about a model only; null: none.</summary>
    public static string? Given(ParseResult parsed) =>
        ((Option[])[Model, Arrivals, Service, Servers, Patience, Rates, Within, Customers, Replications])
            .FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (Read(parsed, out var fault) is not { } model)
        {
            errors.WriteLine(fault);
            return 2;
        }

        var customers = parsed.GetValue(Customers) ?? CustomersFor(model);
        var wanted = parsed.GetValue(Replications);
        if (customers is < 1000 or > 100_000_000 || wanted is < 2 or > 10_000)
        {
            errors.WriteLine("--customers is from 1000 to 100000000, --replications from 2 to 10000.");
            return 2;
        }

        var began = Stopwatch.GetTimestamp();
        using var progress = new ProgressLine(errors);
        var figures = await Task.Run(
            () => ModelStudy.Run(
                model, customers, wanted ?? ModelStudy.LeastReplications, wanted ?? ModelStudy.MostReplications, (ulong)parsed.GetValue(Seed),
                done => progress.Say($"{done} replications of {customers} customers"), cancellation),
            cancellation);
        progress.Clear();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{parsed.GetValue(Model)}, load {100 * model.Load:0.0} %, through the decider in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        var tooShort = IsTooShort(model, customers);
        const string Columns = "{0,-34} {1,12} {2,10} {3,12} {4,9}  {5}";
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, Columns, "figure", "engine", "error %", "exact", "off %", ""));
        foreach (var f in figures)
        {
            output.WriteLine(string.Format(
                CultureInfo.InvariantCulture, Columns, f.Name, Number(f.Mean), ErrorOf(f),
                f.Exact is { } exact ? Number(exact) : "", f.Exact is { } e ? Percent(e == 0 ? (f.Mean == 0 ? 0 : double.NaN) : (f.Mean - e) / e) : "",
                Verdict(f, tooShort)));
        }

        foreach (var sentence in Remarks(figures, model, customers))
        {
            output.WriteLine(sentence);
        }

        return tooShort || figures.Any(f => f.Exact is not null && f.Agrees != true) ? 1 : 0;
    }

    internal static string Verdict(StudiedFigure figure, bool tooShort) =>
        figure.Exact is null ? "not held: no formula here"
        : tooShort || !figure.IsKnown ? "not held: run too short"
        : figure.Agrees == true ? "agrees" : "DIFFERS";

    /// <summary>What a reader must know of the figures that were not held against theory.</summary>
    internal static IEnumerable<string> Remarks(IReadOnlyList<StudiedFigure> figures, QueueModel model, long customers)
    {
        if (IsTooShort(model, customers))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"At this load the empty beginning is felt for so long that a replication needs {Math.Ceiling(model.LeastCustomers / 1000) * 1000:0} customers: say --customers.");
        }

        var unknown = figures.Count(f => f.Exact is not null && !f.IsKnown);
        if (unknown > 0)
        {
            yield return $"{unknown} of the figures with a formula {(unknown == 1 ? "is" : "are")} not known to 2 %: say more --customers or more --replications (of fewer than {ModelStudy.FewestReplications} no error can be estimated).";
        }
    }

    /// <summary>As many as the load needs, in thousands, as far as nobody has to wait for it for very long.</summary>
    internal static long CustomersFor(QueueModel model) =>
        (long)Math.Clamp(Math.Ceiling(model.LeastCustomers / 1000) * 1000, UsualCustomers, MostUnasked);

    internal static bool IsTooShort(QueueModel model, long customers) => customers < model.LeastCustomers;

    /// <summary>A share in per cent, or the word where there is none: of nothing that happened no error can be estimated.</summary>
    internal static string Percent(double share) => double.IsFinite(share) ? (100 * share).ToString("0.00", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>The standard error in per cent; a dash where nothing happened that could be a hundredth of.</summary>
    internal static string ErrorOf(StudiedFigure figure) => figure is { Mean: 0, RelativeError: 0 } ? "–" : Percent(figure.RelativeError);

    /// <summary>Four digits, however small.</summary>
    internal static string Number(double value) =>
        !double.IsFinite(value) ? Unknown
        : value == 0 || Math.Abs(value) >= 1000 ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 0.001 ? value.ToString("0." + new string('#', 3 - (int)Math.Floor(Math.Log10(Math.Abs(value)))), CultureInfo.InvariantCulture)
        : value.ToString("0.###e0", CultureInfo.InvariantCulture);

    private static QueueModel? Read(ParseResult parsed, out string fault)
    {
        fault = "";
        if (BranchOptions.Given(parsed) is { } branches)
        {
            fault = $"{branches} is about a branch (--branch), not a model.";
            return null;
        }

        if (!Kinds.TryGetValue(parsed.GetValue(Model)!, out var kind))
        {
            fault = $"--model: there is no model '{parsed.GetValue(Model)}'; the models are {string.Join(", ", Kinds.Keys)}.";
            return null;
        }

        var several = kind is ModelKind.MmcPriority or ModelKind.Apq;
        if (Numbers(parsed.GetValue(Arrivals)) is not { Count: > 0 } arrivals || (!several && arrivals.Count > 1) || arrivals.Count > 99)
        {
            fault = several
                ? "--arrivals: say the rate of each class, for example 0.05,0.08,0.05; at most 99 classes."
                : "--arrivals: say one arrival rate, for example 0.8.";
            return null;
        }

        if (parsed.GetValue(Service) is not { } text || ServiceLaw.Parse(text) is not { } service)
        {
            fault = $"--service{(parsed.GetValue(Service) is { } said ? " " + said : "")}: say {ServiceLaw.Forms}, with figures above 0 (LEAST may be 0) and MOST above LEAST.";
            return null;
        }

        var servers = parsed.GetValue(Servers);
        var rates = kind == ModelKind.Apq ? Numbers(parsed.GetValue(Rates)) : null;
        var patience = parsed.GetValue(Patience);
        var within = parsed.GetValue(Within) is { } waits ? Numbers(waits) : [];
        var model = new QueueModel(
            kind, arrivals, service, servers, kind == ModelKind.ErlangA ? patience ?? 0 : 0, rates, within);
        fault = within is null ? $"--within: '{parsed.GetValue(Within)}' are no waits above 0, divided by commas, for example 5,10.5."
            : patience is not null && kind != ModelKind.ErlangA ? "--patience: only erlang-a has customers who leave."
            : parsed.GetValue(Rates) is not null && kind != ModelKind.Apq ? "--rates: only apq has priorities that grow."
            : servers is < 1 or > 1000 ? "--servers is from 1 to 1000."
            : kind == ModelKind.Mg1 && servers != 1 ? "--servers: mg1 has one server."
            : kind != ModelKind.Mg1 && !text.StartsWith("exp:", StringComparison.Ordinal) ? "--service: this model has exponential services, exp:MEAN."
            : kind == ModelKind.ErlangA && patience is not > 0 ? "--patience: say the mean patience, for example 20."
            : kind == ModelKind.Apq && rates?.Count != arrivals.Count ? "--rates: say as many as there are classes, for example 3,2,1."
            : kind != ModelKind.ErlangA && model.Load >= 1 ? string.Create(CultureInfo.InvariantCulture,
                $"The load is {100 * model.Load:0.#} %: the queue would grow for ever. Say fewer arrivals, shorter services or more servers.")
            : "";
        return fault.Length == 0 ? model : null;
    }

    private static List<double>? Numbers(string? text)
    {
        var numbers = new List<double>();
        foreach (var part in text?.Split(',') ?? [])
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return text is null ? null : numbers;
    }
}
