namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>
/// What queueing theory says of a model, by the names of <see cref="ModelFigures"/>. All exact, in the model's unit.
/// </summary>
internal static class ClosedForms
{
    public static IReadOnlyDictionary<string, double> Of(QueueModel model) => model.Kind switch
    {
        ModelKind.Mmc => ErlangC(model),
        ModelKind.MmcPriority => Cobham(model),
        ModelKind.Mg1 => PollaczekKhinchine(model),
        ModelKind.ErlangA => ErlangA(model),
        _ => Kleinrock(model),
    };

    /// <summary>The probability that all c servers are busy, at the offered load a &lt; c.</summary>
    public static double WaitProbability(double a, int c)
    {
        var blocked = 1.0;
        for (var n = 1; n <= c; n++)
        {
            blocked = a * blocked / (n + (a * blocked));
        }

        return c * blocked / (c - (a * (1 - blocked)));
    }

    private static Dictionary<string, double> ErlangC(QueueModel m)
    {
        var (lambda, rate) = (m.Arrivals[0], m.Servers / m.Service.Mean);
        var waits = WaitProbability(lambda * m.Service.Mean, m.Servers);
        var spare = rate - lambda;
        var figures = new Dictionary<string, double>
        {
            [ModelFigures.Waits] = waits,
            [ModelFigures.Wait(0)] = waits / spare,
            [ModelFigures.Second(0)] = 2 * waits / (spare * spare),
        };
        foreach (var t in m.Within ?? [])
        {
            figures[ModelFigures.Within(0, t)] = 1 - (waits * Math.Exp(-spare * t));
        }

        return figures;
    }

    /// <summary>Cobham 1954; all classes have the same service. W_k = W₀ ÷ ((1 − σ_{k−1})(1 − σ_k)).</summary>
    private static Dictionary<string, double> Cobham(QueueModel m)
    {
        var waits = WaitProbability(m.Arrivals.Sum() * m.Service.Mean, m.Servers);
        var first = waits * m.Service.Mean / m.Servers;
        var figures = new Dictionary<string, double> { [ModelFigures.Waits] = waits };
        var above = 0.0;
        for (var k = 0; k < m.Arrivals.Count; k++)
        {
            var with = above + (m.Arrivals[k] * m.Service.Mean / m.Servers);
            figures[ModelFigures.Wait(k)] = first / ((1 - above) * (1 - with));
            above = with;
        }

        return figures;
    }

    /// <summary>E[W] = λE[S²] ÷ 2(1 − ρ); E[W²] = 2E[W]² + λE[S³] ÷ 3(1 − ρ) (Takács).</summary>
    private static Dictionary<string, double> PollaczekKhinchine(QueueModel m)
    {
        var lambda = m.Arrivals[0];
        var mean = lambda * m.Service.Second / (2 * (1 - m.Load));
        return new()
        {
            [ModelFigures.Waits] = m.Load,
            [ModelFigures.Wait(0)] = mean,
            [ModelFigures.Second(0)] = (2 * mean * mean) + (lambda * m.Service.Third / (3 * (1 - m.Load))),
        };
    }

    /// <summary>
    /// How much each figure of an M/G/1 grows with E[S], E[S²] and E[S³]. What a replication's own service times differ from their law by is no deed of the engine's, and of a law
    /// with a long tail one service in a million moves the mean squared wait: so it is taken out (control variates; Law, Simulation Modeling and Analysis, 11.4). Whatever the slopes are, the
    /// mean over replications stays what it was.
    /// </summary>
    public static IReadOnlyDictionary<string, (double First, double Second, double Third)> Slopes(QueueModel m)
    {
        if (m.Kind != ModelKind.Mg1)
        {
            return new Dictionary<string, (double, double, double)>();
        }

        var perSpare = m.Arrivals[0] / (1 - m.Load);
        var mean = perSpare * m.Service.Second / 2;
        return new Dictionary<string, (double, double, double)>
        {
            [ModelFigures.Waits] = (m.Arrivals[0], 0, 0),
            [ModelFigures.Wait(0)] = (perSpare * mean, perSpare / 2, 0),
            [ModelFigures.Second(0)] = ((4 * mean * mean * perSpare) + (perSpare * perSpare * m.Service.Third / 3), 2 * mean * perSpare, perSpare / 3),
        };
    }

    /// <summary>Birth and death: λ up, min(n, c)μ + max(n − c, 0)θ down.</summary>
    private static Dictionary<string, double> ErlangA(QueueModel m)
    {
        var (lambda, mu, theta) = (m.Arrivals[0], 1 / m.Service.Mean, 1 / m.MeanPatience);
        double weight = 1, all = 0, waiting = 0, busy = 0, servedWait = 0;

        // Of who finds n ≥ c here: served with φ = ∏ r ÷ (r + θ) before the patience ends, and waits Σ 1 ÷ (r + θ) then, r = cμ + kθ for k = 0 … n − c.
        double served = 1, wait = 0;
        for (var n = 0; n < 1_000_000; n++)
        {
            all += weight;
            busy += n >= m.Servers ? weight : 0;
            waiting += Math.Max(0, n - m.Servers) * weight;
            if (n >= m.Servers)
            {
                var rate = (m.Servers * mu) + ((n - m.Servers) * theta);
                served *= rate / (rate + theta);
                wait += 1 / (rate + theta);
                servedWait += weight * served * wait;
            }

            weight *= lambda / ((Math.Min(n + 1, m.Servers) * mu) + (Math.Max(0, n + 1 - m.Servers) * theta));
            if (n > m.Servers && weight < all * 1e-18)
            {
                break;
            }

            if (all > 1e200)
            {
                (weight, all, waiting, busy, servedWait) = (weight / all, 1, waiting / all, busy / all, servedWait / all);
            }
        }

        var length = waiting / all;
        var leaves = theta * length / lambda;
        return new()
        {
            [ModelFigures.Waits] = busy / all,
            [ModelFigures.Abandons] = leaves,
            [ModelFigures.Wait(0)] = length / lambda,
            [ModelFigures.WaitOfServed] = servedWait / all / (1 - leaves),
            [ModelFigures.WaitOfLeavers] = ((length / lambda) - (servedWait / all)) / leaves,
        };
    }

    /// <summary>Kleinrock 1964; 1976 vol. II (3.43), with the M/M/c delay in place of W₀ ÷ (1 − ρ).</summary>
    private static Dictionary<string, double> Kleinrock(QueueModel m)
    {
        var load = m.Arrivals.Select(a => a * m.Service.Mean / m.Servers).ToArray();
        var waits = WaitProbability(m.Arrivals.Sum() * m.Service.Mean, m.Servers);
        var fifo = waits * m.Service.Mean / m.Servers / (1 - m.Load);
        var rates = m.Rates!;
        var wait = new double[load.Length];
        foreach (var p in Enumerable.Range(0, load.Length).OrderBy(i => rates[i]))
        {
            double up = fifo, down = 1;
            for (var i = 0; i < load.Length; i++)
            {
                up -= rates[i] < rates[p] ? load[i] * wait[i] * (1 - (rates[i] / rates[p])) : 0;
                down -= rates[i] > rates[p] ? load[i] * (1 - (rates[p] / rates[i])) : 0;
            }

            wait[p] = up / down;
        }

        var figures = new Dictionary<string, double> { [ModelFigures.Waits] = waits };
        for (var k = 0; k < wait.Length; k++)
        {
            figures[ModelFigures.Wait(k)] = wait[k];
        }

        return figures;
    }
}
