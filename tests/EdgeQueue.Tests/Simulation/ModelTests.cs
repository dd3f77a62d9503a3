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
    public void The_engine_holds_for_other_parameters_too(int index) => Check(Others[index], ClosedForms.Of(Others[index]));

    private static void Check(int oracle)
    {
        var (model, expected) = OracleModels.Cases()[oracle];
        Check(model, expected);
    }

    // The oracle's acceptance: within three standard errors or one per cent; and every mean known to 2 % at least.
    private static void Check(QueueModel model, IReadOnlyDictionary<string, double> expected)
    {
        var figures = ModelStudy.Run(
            model, 200_000, ModelStudy.LeastReplications, 200, seed: 7, null, TestContext.Current.CancellationToken);

        Assert.All(expected, e =>
        {
            var engine = Assert.Single(figures, f => f.Name == e.Key);
            Assert.InRange(engine.RelativeError, 0, 0.02);
            Assert.InRange(engine.Mean, e.Value - Margin(engine, e.Value), e.Value + Margin(engine, e.Value));
        });
    }

    private static double Margin(StudiedFigure engine, double exact) => Math.Max(3 * engine.StandardError, 0.01 * exact);
}
