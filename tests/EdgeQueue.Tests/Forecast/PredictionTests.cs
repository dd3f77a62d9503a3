using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Simulation;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What walk-ins who have to wait are told, held against what happens then.</summary>
public sealed class PredictionTests
{
    [Fact]
    public void A_few_days_are_predicted_well_first_come_first_served() => Check(CallingRuleKind.Fifo, days: 2, bar: 2.2, slack: 0.5);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(CallingRuleKind.Fifo, 2.2)]
    [InlineData(CallingRuleKind.Target, 3.0)]
    public void Half_are_called_within_their_P50_and_nine_of_ten_within_their_P90(CallingRuleKind rule, double bar) =>
        Check(rule, days: 30, bar, slack: 0);

    private static void Check(CallingRuleKind rule, int days, double bar, double slack)
    {
        var watch = new Oracle();
        var branch = OracleBranch.DaysInARow(rule, seed: 11, watch);
        watch.State = branch.State;
        for (var day = 0; day < 20; day++)
        {
            branch.RunDay();
        }

        watch.Predicts = true;
        for (var day = 0; day < days; day++)
        {
            branch.RunDay();
        }

        var (error, p50, p90) = watch.Score();
        TestContext.Current.SendDiagnosticMessage("{0}: {1} predictions, error {2:0.00} min, P50 {3:0.0} %, P90 {4:0.0} %", rule, watch.Count, error, p50, p90);
        Assert.InRange(error, 0, bar + slack);
        Assert.InRange(p50, 45 - (slack * 10), 55 + (slack * 10));
        Assert.InRange(p90, 87 - (slack * 10), 93 + (slack * 10));
    }

    private sealed class Oracle : RollWatch
    {
        private readonly BranchHistory _history = new();
        private readonly WaitForecast _forecast;
        private readonly Dictionary<long, (long At, WaitPrediction Told)> _told = [];
        private readonly List<(double Error, bool P50, bool P90)> _outcomes = [];

        public Oracle() => _forecast = new(_history, seed: 5);

        public BranchState State { get; set; } = new();

        public bool Predicts { get; set; }

        public int Count => _outcomes.Count;

        public override void Happened(IReadOnlyList<Event> events)
        {
            foreach (var e in events)
            {
                _history.Learn(e);
                if (Predicts && e is TicketIssued { Segment: null } issued && !SomebodyIsIdleFor(issued.Service))
                {
                    _forecast.Refresh(State, issued.At);
                    if (_forecast.Of(State.Find(issued.Visit)!, issued.At) is { Basis: PredictionBasis.Known } told)
                    {
                        _told[issued.Visit] = (issued.At.Milliseconds, told);
                    }
                }
                else if (e is VisitCalled called && _told.Remove(called.Visit, out var prediction))
                {
                    var waited = called.At.Milliseconds - prediction.At;
                    _outcomes.Add((
                        Math.Abs(waited - prediction.Told.P50Ms!.Value) / 60_000.0, waited <= prediction.Told.P50Ms, waited <= prediction.Told.P90Ms));
                }
            }
        }

        public (double Error, double P50, double P90) Score() => (
            _outcomes.Average(o => o.Error), 100 * _outcomes.Average(o => o.P50 ? 1.0 : 0), 100 * _outcomes.Average(o => o.P90 ? 1.0 : 0));

        private bool SomebodyIsIdleFor(string service) => State.Counters.Any(c =>
            c is { Phase: CounterPhase.Open, Visit: null } && State.Rules!.WorkProfiles[c.WorkProfile!].Services.Contains(service));
    }
}
