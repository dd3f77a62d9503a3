using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>One replication of a model: its customers through the decider.</summary>
internal sealed class ModelRun : RollWatch
{
    private readonly QueueModel _model;
    private readonly ModelFigures _figures;
    private readonly long _first;
    private readonly long _last;
    private readonly Dictionary<string, int> _classes;
    private (double First, double Second, double Third) _drawn;

    private ModelRun(QueueModel model, long customers)
    {
        (_model, _figures) = (model, new ModelFigures(model));

        // The branch begins empty and ends empty: neither end is what the formulas speak of.
        (_first, _last) = (customers / 10, customers - (customers / 50));
        _classes = model.Arrivals.Select((_, i) => i).ToDictionary(QueueModel.ClassName, i => i);
    }

    /// <param name="customers">How many come; the first tenth and the last fiftieth are not measured.</param>
    public static IReadOnlyDictionary<string, double> Run(QueueModel model, long customers, ulong seed, int replication)
    {
        var run = new ModelRun(model, customers);
        var state = Replay.StateOf(model.Rules());
        var roll = new BranchRoll(state, model.Plans(), new RollOptions(), run);
        roll.Do(new Tick(new BranchClock(0, 0, true), new Moment(0)));
        roll.Open(0);
        roll.Run(run.Arrivals(customers, seed, replication));
        return run.WithoutChanceOfServices();
    }

    public override void Ended(Customer customer)
    {
        if (customer.Id >= _first && customer.Id < _last)
        {
            _figures.Count(customer, _classes[customer.Service]);
        }
    }

    private Dictionary<string, double> WithoutChanceOfServices()
    {
        Dictionary<string, double> figures = new(_figures.Figures());
        var (law, measured) = (_model.Service, (double)(_last - _first));
        foreach (var (name, slope) in ClosedForms.Slopes(_model))
        {
            figures[name] -= (slope.First * ((_drawn.First / measured) - law.Mean)) + (slope.Second * ((_drawn.Second / measured) - law.Second))
                + (slope.Third * ((_drawn.Third / measured) - law.Third));
        }

        return figures;
    }

    private IEnumerable<Customer> Arrivals(long customers, ulong seed, int replication)
    {
        var (arrivals, services, patience) =
            (Chance.Of(seed, replication, 1), Chance.Of(seed, replication, 2), Chance.Of(seed, replication, 3));
        var (law, total, at) = (_model.ServiceMs, _model.Arrivals.Sum(), 0.0);
        var meanPatience = _model.MeanPatience * _model.MsPerUnit;
        var names = _model.Arrivals.Select((_, i) => QueueModel.ClassName(i)).ToArray();
        for (var id = 0L; id < customers; id++)
        {
            at += arrivals.Exponential() / total * _model.MsPerUnit;
            var (pick, index) = (arrivals.Uniform() * total, 0);
            while (index + 1 < names.Length && pick >= _model.Arrivals[index])
            {
                pick -= _model.Arrivals[index++];
            }

            var service = law.Sample(services);
            if (id >= _first && id < _last)
            {
                var units = service / _model.MsPerUnit;
                _drawn = (_drawn.First + units, _drawn.Second + (units * units), _drawn.Third + (units * units * units));
            }

            yield return new Customer
            {
                Id = id,
                ArrivesAt = (long)at,
                Service = names[index],
                ServiceMs = service,
                PatienceMs = meanPatience > 0 ? (long)(patience.Exponential() * meanPatience) : Customer.Endless,
                LeavesAloud = true,
            };
        }
    }
}
