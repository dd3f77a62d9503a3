using System.Globalization;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>What one replication of a model measured, by name; in the model's unit.</summary>
internal sealed class ModelFigures(QueueModel model)
{
    public const string Waits = "P(wait)";
    public const string Abandons = "P(abandon)";
    public const string WaitOfServed = "wait of the served";
    public const string WaitOfLeavers = "wait of who left";

    private readonly Tally[] _classes = [.. model.Arrivals.Select(_ => new Tally(model.Within?.Count ?? 0))];

    public static string Wait(int index) => "mean wait, " + QueueModel.ClassName(index);

    public static string Second(int index) => "mean squared wait, " + QueueModel.ClassName(index);

    public static string Within(int index, double wait) =>
        string.Create(CultureInfo.InvariantCulture, $"P(wait ≤ {wait:0.###}), {QueueModel.ClassName(index)}");

    public void Count(Customer customer, int index)
    {
        var served = customer.CalledAt >= 0;
        var wait = ((served ? customer.CalledAt : customer.EndedAt) - customer.ArrivesAt) / model.MsPerUnit;
        var tally = _classes[index];
        tally.All++;
        tally.Waited += wait > 0 ? 1 : 0;
        tally.Left += served ? 0 : 1;
        tally.Sum += wait;
        tally.SumOfLeavers += served ? 0 : wait;
        tally.Squares += wait * wait;
        for (var i = 0; i < tally.Within.Length; i++)
        {
            tally.Within[i] += wait <= model.Within![i] ? 1 : 0;
        }
    }

    public IReadOnlyDictionary<string, double> Figures()
    {
        double all = _classes.Sum(c => c.All);
        var figures = new Dictionary<string, double> { [Waits] = _classes.Sum(c => c.Waited) / all };
        for (var k = 0; k < _classes.Length; k++)
        {
            var c = _classes[k];
            figures[Wait(k)] = c.Sum / c.All;
            figures[Second(k)] = c.Squares / c.All;
            for (var i = 0; i < c.Within.Length; i++)
            {
                figures[Within(k, model.Within![i])] = (double)c.Within[i] / c.All;
            }
        }

        if (model.Kind == ModelKind.ErlangA)
        {
            var left = _classes.Sum(c => c.Left);
            figures[Abandons] = left / all;
            figures[WaitOfServed] = (_classes.Sum(c => c.Sum) - _classes.Sum(c => c.SumOfLeavers)) / (all - left);
            figures[WaitOfLeavers] = _classes.Sum(c => c.SumOfLeavers) / Math.Max(1, left);
        }

        return figures;
    }

    private sealed class Tally(int within)
    {
        public long All;
        public long Waited;
        public long Left;
        public double Sum;
        public double SumOfLeavers;
        public double Squares;
        public readonly long[] Within = new long[within];
    }
}
