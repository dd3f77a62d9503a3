namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>One figure over all replications.</summary>
/// <param name="Exact">What theory says; null: no formula here.</param>
internal sealed record StudiedFigure(string Name, double Mean, double StandardError, double? Exact)
{
    public double RelativeError => Mean == 0 ? 0 : StandardError / Math.Abs(Mean);

    /// <summary>Known well enough to be held against anything.</summary>
    public bool IsKnown => RelativeError <= ModelStudy.WantedError;

    /// <summary>Within three standard errors or one per cent; null: there is no formula here, or the figure is not known well enough.</summary>
    public bool? Agrees => Exact is { } exact && IsKnown ? Math.Abs(Mean - exact) <= Math.Max(3 * StandardError, 0.01 * Math.Abs(exact)) : null;
}

/// <summary>Independent replications of a model, side by side, until every mean wait is known well enough.</summary>
internal static class ModelStudy
{
    public const int LeastReplications = 10;
    public const double WantedError = 0.02;

    /// <param name="most">At most so many replications.</param>
    /// <param name="progress">Told how many replications are done.</param>
    public static IReadOnlyList<StudiedFigure> Run(
        QueueModel model, long customers, int least, int most, ulong seed, Action<int>? progress, CancellationToken cancellation)
    {
        var exact = ClosedForms.Of(model);
        var results = new List<IReadOnlyDictionary<string, double>>();
        var batch = least;
        while (true)
        {
            var begun = results.Count;
            var next = new IReadOnlyDictionary<string, double>[batch];
            var done = begun;
            Parallel.For(0, batch, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                next[i] = ModelRun.Run(model, customers, seed, begun + i);
                progress?.Invoke(Interlocked.Increment(ref done));
            });
            results.AddRange(next);
            var figures = next[0].Keys.Select(name => Study(name, results, exact)).ToList();
            if (results.Count >= most || figures.Where(f => f.Exact is not null).All(f => f.RelativeError <= WantedError))
            {
                return figures;
            }

            batch = Math.Min(most - results.Count, Math.Max(2, results.Count / 2));
        }
    }

    private static StudiedFigure Study(
        string name, List<IReadOnlyDictionary<string, double>> results, IReadOnlyDictionary<string, double> exact)
    {
        var values = results.Select(r => r[name]).ToList();
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Count - 1);
        return new(name, mean, Math.Sqrt(variance / values.Count), exact.TryGetValue(name, out var known) ? known : null);
    }
}
