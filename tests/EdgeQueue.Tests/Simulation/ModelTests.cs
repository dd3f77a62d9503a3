using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Simulation.Models;

namespace EdgeQueue.Tests.Simulation;

/// <summary>Published queueing results must come out of the engine.</summary>
public sealed class ModelTests
{
    /// <summary>Parameters that are in no oracle, from a small counter to a large hall.</summary>
    private static readonly QueueModel[] Others =
    [
        new(ModelKind.Mmc, [0.15], ServiceLaw.Exponential(4), 1, Within: [3, 12]),
        new(ModelKind.Mmc, [9.2], ServiceLaw.Exponential(5), 50, Within: [1]),
        new(ModelKind.MmcPriority, [0.4, 0.1, 0.6, 0.3], ServiceLaw.Exponential(3), 5),
        new(ModelKind.MmcPriority, [0.02, 0.05], ServiceLaw.Exponential(10), 1),
        new(ModelKind.Mg1, [0.1], ServiceLaw.Parse("lognormal:7:1.2")!, 1),
        new(ModelKind.Mg1, [0.35], ServiceLaw.Parse("erlang:4:2")!, 1),
        new(ModelKind.Mg1, [0.06], ServiceLaw.Parse("hyper:0.8:5:25")!, 1),
        new(ModelKind.Mg1, [0.11], ServiceLaw.Parse("uniform:2:12")!, 1),
        new(ModelKind.ErlangA, [6], ServiceLaw.Exponential(3), 15, MeanPatience: 4),
        new(ModelKind.ErlangA, [0.5], ServiceLaw.Exponential(4), 2, MeanPatience: 60),
        new(ModelKind.Apq, [0.2, 0.9, 0.4], ServiceLaw.Exponential(4), 7, Rates: [10, 2.5, 1]),
        new(ModelKind.Apq, [0.05, 0.1], ServiceLaw.Exponential(5), 1, Rates: [4, 1]),
        new(ModelKind.Mg1, [0.25], ServiceLaw.Parse("lognormal:3:2.5")!, 1),
    ];

    [Fact]
    public void The_formulas_give_what_the_oracle_states()
    {
        foreach (var (model, expected) in OracleModels.Cases())
        {
            var formulas = ClosedForms.Of(model);
            Assert.NotEmpty(formulas.Keys.Intersect(expected.Keys));
            Assert.All(formulas.Where(f => expected.ContainsKey(f.Key)), f => Assert.Equal(expected[f.Key], f.Value, expected[f.Key] * 1e-9));
        }
    }

    [Fact]
    public void The_engine_gives_the_waits_of_priority_classes_that_the_oracle_states() => Check(1);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_engine_gives_what_the_oracle_states(int index) => Check(index);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void The_engine_holds_for_other_parameters_too(int index) => Check(Others[index], ClosedForms.Of(Others[index]));

    [Fact]
    public void What_is_taken_out_for_the_services_that_were_drawn_is_how_the_formula_grows_with_them()
    {
        QueueModel model = Others[4];
        ServiceLaw law = model.Service;
        foreach (var (name, slope) in ClosedForms.Slopes(model))
        {
            Assert.Equal(Growth(name, by => law with { Mean = law.Mean + by }), slope.First, 1e-3 * (1 + slope.First));
            Assert.Equal(Growth(name, by => law with { Second = law.Second + by }), slope.Second, 1e-3);
            Assert.Equal(Growth(name, by => law with { Third = law.Third + by }), slope.Third, 1e-3);
        }

        double Growth(string name, Func<double, ServiceLaw> other)
        {
            const double Little = 1e-5;
            double At(double by) => ClosedForms.Of(model with { Service = other(by) })[name];
            return (At(Little) - At(-Little)) / (2 * Little);
        }
    }

    [Fact]
    public void A_figure_that_is_not_known_to_two_per_cent_agrees_with_nothing()
    {
        StudiedFigure vague = new("E[W²]", 423.4, 119, 383.3), known = vague with { StandardError = 5, Mean = 380 };

        Assert.Equal("not held: run too short", ModelOptions.Verdict(vague, tooShort: false));
        Assert.Equal("agrees", ModelOptions.Verdict(known, tooShort: false));
        Assert.Equal("DIFFERS", ModelOptions.Verdict(known with { Mean = 300 }, tooShort: false));
        Assert.Equal("not held: no formula here", ModelOptions.Verdict(known with { Exact = null }, tooShort: false));
    }

    [Fact]
    public void What_never_happened_in_the_run_is_not_known()
    {
        StudiedFigure never = new("P(wait)", 0, 0, 1.656e-7, 10);

        Assert.Equal("not held: run too short", ModelOptions.Verdict(never, tooShort: false));
        Assert.Equal("agrees", ModelOptions.Verdict(never with { Exact = 0 }, tooShort: false));
    }

    [Theory]
    [InlineData(10, 4.0, true)]
    [InlineData(10, 4.1, false)]
    [InlineData(200, 3.03, true)]
    [InlineData(200, 3.05, false)]
    [InlineData(5, 5.9, true)]
    [InlineData(5, 6, false)]
    public void A_standard_error_out_of_few_replications_is_itself_uncertain(int replications, double away, bool agrees) =>
        Assert.Equal(agrees, new StudiedFigure("E[W]", 100 + away, 1, 100, replications).Agrees);

    [Fact]
    public void With_two_replications_nothing_agrees_however_small_their_difference()
    {
        StudiedFigure two = new("E[W]", 0.4403, 0.004, 0.5, 2);

        Assert.Null(two.Agrees);
        Assert.Equal("not held: run too short", ModelOptions.Verdict(two, tooShort: false));
        Assert.False((two with { Replications = 10 }).Agrees);
    }

    [Fact]
    public void A_run_that_is_over_before_its_beginning_is_forgotten_is_said_to_be_too_short()
    {
        var busy = new QueueModel(ModelKind.Mmc, [0.9], ServiceLaw.Exponential(1), 1);

        Assert.True(ModelOptions.IsTooShort(busy, 1000));
        Assert.False(ModelOptions.IsTooShort(busy, 200_000));
        Assert.Contains("say --customers", Assert.Single(ModelOptions.Remarks([new("P(wait)", 0.55, 0.001, 0.9)], busy, 1000)), StringComparison.Ordinal);
        Assert.Equal("not held: run too short", ModelOptions.Verdict(new("P(wait)", 0.55, 0.001, 0.9), tooShort: true));
    }

    [Fact]
    public void A_run_of_which_nobody_said_how_long_it_is_is_long_enough_for_its_load()
    {
        var busy = new QueueModel(ModelKind.Mmc, [0.98], ServiceLaw.Exponential(1), 1);

        Assert.True(ModelOptions.IsTooShort(busy, 200_000));
        Assert.False(ModelOptions.IsTooShort(busy, ModelOptions.CustomersFor(busy)));
        Assert.Equal(200_000, ModelOptions.CustomersFor(busy with { Arrivals = [0.5] }));
    }

    [Theory]
    [InlineData(0.000002, "2e-6")]
    [InlineData(0.59643247, "0.5964")]
    [InlineData(383.3333, "383.3")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "unknown")]
    [InlineData(double.PositiveInfinity, "unknown")]
    public void A_figure_has_four_digits_however_small(double value, string text) => Assert.Equal(text, ModelOptions.Number(value));

    [Fact]
    public void An_error_that_nobody_can_estimate_is_a_word()
    {
        Assert.Equal("unknown", ModelOptions.ErrorOf(new StudiedFigure("P(wait)", 0, 0, 1.656e-7, 10)));
        Assert.Equal("–", ModelOptions.ErrorOf(new StudiedFigure("P(wait ≤ 5), class 1", 0, 0, null, 10)));
        Assert.Equal("0.25", ModelOptions.ErrorOf(new StudiedFigure("P(wait)", 4, 0.01, 4, 10)));
    }

    [Theory]
    [InlineData("simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --within abc", "--within: 'abc'")]
    [InlineData("simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --within 0,5", "--within: '0,5'")]
    [InlineData("simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --patience 3", "--patience: only erlang-a")]
    [InlineData("simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --rates 3,2", "--rates: only apq")]
    [InlineData("simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --days 3", "--days is about a branch")]
    [InlineData("simulate --branch x.json --arrivals 0.8", "--arrivals is about a model")]
    [InlineData("simulate --branch x.json --chart /nope/x.svg", "--chart: '/nope/x.svg' cannot be written")]
    public async Task An_option_that_would_be_ignored_or_fail_at_the_end_is_refused_at_once(string line, string sentence)
    {
        var errors = new StringWriter();
        var code = await SimulateCommand.Create().Parse(line["simulate ".Length..])
            .InvokeAsync(new() { Error = errors, Output = TextWriter.Null }, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, code);
        Assert.StartsWith(sentence, errors.ToString(), StringComparison.Ordinal);
    }

    private static void Check(int oracle)
    {
        var (model, expected) = OracleModels.Cases()[oracle];
        Check(model, expected);
    }

    // The oracle's acceptance: within three standard errors or one per cent; and every mean known to 2 % at least.
    private static void Check(QueueModel model, IReadOnlyDictionary<string, double> expected)
    {
        var figures = ModelStudy.Run(
            model, 200_000, ModelStudy.LeastReplications, ModelStudy.MostReplications, seed: 7, null, TestContext.Current.CancellationToken);

        Assert.All(expected, e =>
        {
            var engine = Assert.Single(figures, f => f.Name == e.Key);
            Assert.InRange(engine.RelativeError, 0, 0.02);
            Assert.InRange(engine.Mean, e.Value - Margin(engine, e.Value), e.Value + Margin(engine, e.Value));
        });
    }

    private static double Margin(StudiedFigure engine, double exact) => Math.Max(3 * engine.StandardError, 0.01 * exact);
}
