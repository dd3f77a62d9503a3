using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Reports.Figures;

/// <summary>What one operator did.</summary>
internal sealed record OperatorFigures(string Operator, long Called, long Served, long ServingMs, long Timed)
{
    public long? MeanMs => Timed > 0 ? ServingMs / Timed : null;
}

/// <summary>
/// Who served, how it ended, and with which marks: counted from the events themselves, in their order, because the aggregates have no operator. What an operator
/// took back counts no more. Pure.
/// </summary>
internal sealed class WorkFigures
{
    private readonly Dictionary<(long Branch, long Visit), Open> _open = [];
    private readonly Dictionary<string, OperatorFigures> _operators = new(StringComparer.Ordinal);

    public IEnumerable<OperatorFigures> Operators => _operators.Values.Where(o => o.Called > 0 || o.Served > 0).OrderByDescending(o => o.Served).ThenBy(o => o.Operator, StringComparer.Ordinal);

    /// <summary>How transactions ended, by the word that the operator chose; '': none.</summary>
    public Dictionary<string, long> Outcomes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>What they had in the end.</summary>
    public Dictionary<string, long> Delivered { get; } = new(StringComparer.Ordinal);

    /// <summary>Types of the events that <see cref="Take"/> needs.</summary>
    public static IReadOnlyList<Type> Wanted { get; } = [typeof(VisitCalled), typeof(VisitArrived), typeof(VisitParked), typeof(VisitRequeued), typeof(TransactionFinished), typeof(VisitReinstated), typeof(VisitRestored)];

    /// <param name="counts">False: of before or after the time that is reported; it says only what of that time goes on, or is taken back.</param>
    public void Take(long branch, Event happened, bool counts)
    {
        switch (happened)
        {
            case VisitCalled e:
                // Who was put aside goes on with the same transaction.
                _open[(branch, e.Visit)] = new(e.Operator ?? "", 0, 0, _open.GetValueOrDefault((branch, e.Visit)) is { Finished: null } left ? left.Served : 0, null, -1);
                Add(e.Operator ?? "", called: counts ? 1 : 0);
                break;
            case VisitArrived e when _open.TryGetValue((branch, e.Visit), out Open? open):
                _open[(branch, e.Visit)] = open with { ArrivedAt = e.At.Milliseconds };
                break;
            case VisitParked e:
                Leave(branch, e.Visit, e.At);
                break;
            case VisitRequeued e:
                Leave(branch, e.Visit, e.At);
                break;
            case TransactionFinished e:
                Open before = _open.GetValueOrDefault((branch, e.Visit)) ?? new("", 0, 0, 0, null, -1);
                long ms = before.ArrivedAt > 0 ? before.ServedMs + Math.Max(0, e.At.Milliseconds - before.ArrivedAt) : -1;
                if (counts)
                {
                    Count(before.Operator, e, ms, 1);
                }

                _open[(branch, e.Visit)] = before with { Finished = e, Ms = ms, Counted = counts };
                break;
            case VisitReinstated e:
                TakeBack(branch, e.Visit);
                Leave(branch, e.Visit, default);
                break;
            case VisitRestored e:
                TakeBack(branch, e.Visit);
                break;
        }
    }

    /// <param name="at">Zero: it never left.</param>
    private void Leave(long branch, long visit, Moment at)
    {
        if (_open.TryGetValue((branch, visit), out Open? open))
        {
            _open[(branch, visit)] = open with { LeftAt = at.Milliseconds };
        }
    }

    private void TakeBack(long branch, long visit)
    {
        if (_open.GetValueOrDefault((branch, visit)) is { Finished: { } finished } open)
        {
            if (open.Counted)
            {
                Count(open.Operator, finished, open.Ms, -1);
            }

            _open[(branch, visit)] = open with { Finished = null };
        }
    }

    private void Count(string who, TransactionFinished e, long ms, int sign)
    {
        Add(who, served: sign, ms: ms >= 0 ? sign * ms : 0, timed: ms >= 0 ? sign : 0);
        Add(Outcomes, e.Outcome ?? "", sign);
        foreach (string mark in e.Marks)
        {
            Add(Marks, mark, sign);
        }

        foreach (string service in e.DeliveredServices)
        {
            Add(Delivered, service, sign);
        }
    }

    private void Add(string who, long called = 0, long served = 0, long ms = 0, long timed = 0)
    {
        OperatorFigures of = _operators.GetValueOrDefault(who) ?? new(who, 0, 0, 0, 0);
        _operators[who] = of with { Called = of.Called + called, Served = of.Served + served, ServingMs = of.ServingMs + ms, Timed = of.Timed + timed };
    }

    private static void Add(Dictionary<string, long> counts, string word, int sign)
    {
        long now = counts.GetValueOrDefault(word) + sign;
        if (now > 0)
        {
            counts[word] = now;
        }
        else
        {
            counts.Remove(word);
        }
    }

    /// <param name="LeftAt">When it was put aside, or back to the queue; 0: it was not.</param>
    /// <param name="ServedMs">What it had been served before, in the same transaction.</param>
    /// <param name="Counted">Its finish is of the time that is reported.</param>
    private sealed record Open(string Operator, long ArrivedAt, long LeftAt, long ServedMs, TransactionFinished? Finished, long Ms, bool Counted = false)
    {
        public long Served => ServedMs + (ArrivedAt > 0 && LeftAt > 0 ? Math.Max(0, LeftAt - ArrivedAt) : 0);
    }
}
