using System.Data.Common;
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

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(long Rule, long Branch), Hysteresis> _states = [];
    private long _renewAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await WatchesAsync(stoppingToken))
                {
                    await LookAsync(stoppingToken);
                }

                open.Put(await store.OpenAsync(stoppingToken));
            }
            catch (DbException fault)
            {
                // Whether the last step was stored nobody knows: what is open is read again.
                _renewAt = 0;
                _states.Clear();
                if (complaints.MaySay("database", "alerts"))
                {
                    AlertLog.NoDatabase(log, fault.Message);
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
        if (!await store.WatchesAsync(_holder, LeaseMs, stop))
        {
            _renewAt = 0;
            _states.Clear();
            return false;
        }

        if (anew)
        {
            _states.Clear();
            foreach (AlertRow alert in await store.OpenAsync(stop))
            {
                _states[(alert.Rule, alert.Branch)] = new(open: true);
            }
        }

        _renewAt = now + (LeaseMs / 3);
        return true;
    }

    private async Task LookAsync(CancellationToken stop)
    {
        IReadOnlyList<AlertRule> rules = await store.RulesAsync(stop);
        foreach ((long Rule, long Branch) gone in _states.Keys.Where(k => rules.All(r => r.Id != k.Rule)).ToList())
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
                if (scope == ReportScope.All || scope.Region == row.Region || scope.Branches.Contains(row.Name))
                {
                    await LookAsync(rule, kind, row, now, stop);
                }
            }
        }
    }

    private async Task LookAsync(AlertRule rule, AlertKind kind, LiveRow row, long now, CancellationToken stop)
    {
        long? value = kind.Of(row, now);
        if (!_states.TryGetValue((rule.Id, row.Branch), out Hysteresis? state))
        {
            if (value is null || value <= rule.RaiseAbove)
            {
                return;
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
    }

    private async Task RaiseAsync(AlertRule rule, AlertKind kind, LiveRow row, long value, CancellationToken stop)
    {
        IEnumerable<AlertRecipient> recipients = (await store.RecipientsAsync(stop)).Where(r => r.Rule == rule.Id);
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
}
