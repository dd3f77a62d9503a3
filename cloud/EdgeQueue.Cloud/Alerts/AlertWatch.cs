using System.Data.Common;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>
/// Looks at every branch every two seconds, from memory, and raises and clears. One replica does it; when it is gone another goes on, from the alerts that are open in the
/// database: what had only begun to be too bad begins anew.
/// </summary>
internal sealed class AlertWatch(
    AlertStore store, AlertTelling telling, AlertBoard open, LiveBoard board, IDatabase database, TimeProvider time, Complaints complaints, ILogger<AlertWatch> log) : BackgroundService
{
    private const long LeaseMs = 10_000;

    /// <summary>Alerts that are raised or cleared on one renewal of the lease: a storm of them outlasts it.</summary>
    private const int StepsOnARenewal = 50;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(long Rule, long Branch), Hysteresis> _states = [];
    private long _renewAt;
    private int _steps;

    /// <summary>While this process was down it heard of no branch: that does not make them be away.</summary>
    private long _since;

    private ILookup<long, AlertRecipient>? _recipients;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _since = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                open.PutStopped(await store.StoppedAsync(stoppingToken));
                if (await WatchesAsync(stoppingToken))
                {
                    await LookAsync(stoppingToken);
                }

                open.Put(await store.OpenAsync(VisibleBranches.All, stoppingToken));
            }
            catch (Exception fault) when (fault is DbException || !stoppingToken.IsCancellationRequested)
            {
                // Whether the last step was stored nobody knows: what is open is read again. Whatever it is, the host goes on.
                Forget();
                if (fault is DbException && complaints.MaySay("database", "alerts"))
                {
                    AlertLog.NoDatabase(log, fault.Message);
                }
                else if (fault is not DbException && complaints.MaySay("broke", "alerts"))
                {
                    AlertLog.Broke(log, fault);
                }
            }
        }
    }

    private async Task<bool> WatchesAsync(CancellationToken stop)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now < _renewAt && now > _renewAt - LeaseMs)
        {
            return true;
        }

        bool anew = _renewAt == 0 || now > _renewAt + (LeaseMs / 2);
        if (!await RenewAsync(stop))
        {
            return false;
        }

        if (anew)
        {
            _states.Clear();
            foreach (OpenAlert alert in await store.OpenPlacesAsync(stop))
            {
                _states[(alert.Rule, alert.Branch)] = new(open: true);
            }
        }

        return true;
    }

    /// <returns>False: another one watches.</returns>
    private async Task<bool> RenewAsync(CancellationToken stop)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!await store.WatchesAsync(_holder, LeaseMs, stop))
        {
            Forget();
            return false;
        }

        _renewAt = now + (LeaseMs / 3);
        return true;
    }

    private void Forget()
    {
        _renewAt = 0;
        _states.Clear();
    }

    private async Task LookAsync(CancellationToken stop)
    {
        IReadOnlyList<AlertRule> rules = await store.RulesAsync(stop);
        HashSet<long> ids = [.. rules.Select(r => r.Id)];
        _recipients = null;
        foreach ((long Rule, long Branch) gone in _states.Keys.Where(k => !ids.Contains(k.Rule)).ToList())
        {
            _states.Remove(gone);
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        ICollection<LiveRow> rows = rules.Count == 0 ? [] : board.All;
        foreach (AlertRule rule in rules)
        {
            if (AlertKind.Find(rule.Kind) is not { } kind || ReportScope.Of(rule.Scope) is not { } scope)
            {
                continue;
            }

            foreach (LiveRow row in rows)
            {
                if ((scope == ReportScope.All || scope.Region == row.Region || scope.Branches.Contains(row.Name)) && !await LookAsync(rule, kind, row, now, stop))
                {
                    return;
                }
            }
        }
    }

    /// <returns>False: another one watches meanwhile.</returns>
    private async Task<bool> LookAsync(AlertRule rule, AlertKind kind, LiveRow row, long now, CancellationToken stop)
    {
        _states.TryGetValue((rule.Id, row.Branch), out Hysteresis? state);
        // What is open does not get better because this process begins anew.
        long? value = kind.Of(row, now, state is { Open: true } ? 0 : _since, open.Stopped);
        if (state is null)
        {
            if (value is null || value <= rule.RaiseAbove)
            {
                return true;
            }

            _states[(rule.Id, row.Branch)] = state = new(open: false);
        }

        AlertStep step = state.Look(rule, value, now);
        if (step == AlertStep.Raise)
        {
            await RaiseAsync(rule, kind, row, value!.Value, stop);
        }
        else if (step == AlertStep.Clear)
        {
            await store.ClearAsync(rule.Id, row.Branch, state.Worst, stop);
        }

        if (state.IsIdle)
        {
            _states.Remove((rule.Id, row.Branch));
        }

        return step == AlertStep.Nothing || ++_steps % StepsOnARenewal != 0 || await RenewAsync(stop);
    }

    private async Task RaiseAsync(AlertRule rule, AlertKind kind, LiveRow row, long value, CancellationToken stop)
    {
        // Once a look, and only when there is something to tell.
        IEnumerable<AlertRecipient> recipients = (_recipients ??= (await store.RecipientsAsync(stop)).ToLookup(r => r.Rule))[rule.Id];
        await database.WriteAsync(
            async t =>
            {
                if (await store.RaiseAsync(t, rule, row.Branch, value) is { } alert)
                {
                    await telling.TellAsync(t, alert, rule, kind, row, value, recipients);
                }

                return true;
            },
            stop);
    }
}

/// <summary>Event ids 800 to 899.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(800, LogLevel.Warning, "the database does not answer, alerts wait: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(801, LogLevel.Error, "looking for alerts broke, it is tried again")]
    public static partial void Broke(ILogger log, Exception fault);
}
