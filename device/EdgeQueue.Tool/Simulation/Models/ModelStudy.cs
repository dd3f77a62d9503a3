namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>One figure over all replications.</summary>
/// <param name="Exact">What theory says; null: no formula here.</param>
/// <param name="Replications">From how many the standard error was estimated.</param>
internal sealed record StudiedFigure(string Name, double Mean, double StandardError, double? Exact, int Replications = int.MaxValue)
{
    /// <summary>Infinite where nothing of the kind happened, although theory says that it does: then nothing is known.</summary>
    public double RelativeError => Mean != 0 ? StandardError / Math.Abs(Mean) : Exact is null or 0 ? 0 : double.PositiveInfinity;

    /// <summary>Known well enough to be held against anything. A standard error out of a handful of replications is hardly one.</summary>
    public bool IsKnown => Replications >= ModelStudy.FewestReplications && RelativeError <= ModelStudy.WantedError;

    /// <summary>Within three standard errors or one per cent; null: there is no formula here, or the figure is not known well enough.</summary>
    public bool? Agrees => Exact is not null && IsKnown ? IsWithin(ThreeSigma) : null;

    /// <summary>So near that more replications are not worth their time.</summary>
    public bool IsClearlyRight => IsKnown && IsWithin(2);

    // A standard error out of few replications is itself uncertain: Student's t in the place of 3 (Abramowitz and Stegun 26.7.5), 4.05 for ten.
    private double ThreeSigma => 3 + (7.5 / (Replications - 1.0)) + (17.25 / Math.Pow(Replications - 1.0, 2));

    private bool IsWithin(double errors) => Exact is { } exact && Math.Abs(Mean - exact) <= Math.Max(errors * StandardError, 0.01 * Math.Abs(exact));
}

/// <summary>
/// Independent replications of a model, side by side, until every figure with a formula is known well enough and clearly right; what
/// is in doubt is looked at again with more, so that chance does not speak against a right engine.
/// </summary>
internal static class ModelStudy
{
    public const int LeastReplications = 10;
    public const int FewestReplications = 5;

    /// <summary>The mean squared wait of one server at 97 % load is known to 2 % after some hundreds.</summary>
    public const int MostReplications = 2_000;

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
            if (results.Count >= most || figures.Where(f => f.Exact is not null).All(f => f.IsClearlyRight))
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
        return new(name, mean, Math.Sqrt(variance / values.Count), exact.TryGetValue(name, out var known) ? known : null, values.Count);
    }
}
