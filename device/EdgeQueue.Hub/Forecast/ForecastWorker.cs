using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.Hub.Forecast;

/// <summary>
/// Predicts waits beside the loop, on a thread below all others. It reads the journal as it is written, keeps a state of its
/// own and what the branch's past tells, and after each event rolls as many futures as a tenth of a second holds. All that
/// the loop does for it is to say how far the journal is; all that it gives back is an immutable <see cref="WaitBoard"/>.
/// </summary>
public sealed partial class ForecastWorker(string path, string branchId, Action<string> failed)
{
    /// <summary>Events that are learned from at a start: some weeks, and some seconds of reading.</summary>
    private const long MostLearned = 300_000;

    private const int ProcessPriority = 0;
    private const int LeastPriority = 19;

    private static readonly TimeSpan ForOneEvent = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    private readonly AutoResetEvent _bell = new(false);
    private long _committed;
    private long _now;
    private WaitBoard? _latest;

    /// <summary>Null: nothing was made yet, or the worker has a fault.</summary>
    public WaitBoard? Latest => Volatile.Read(ref _latest);

    /// <summary>By the loop after each turn; two words are written, and a bell rung when there is something new.</summary>
    public void Committed(long seq, Moment now)
    {
        Volatile.Write(ref _now, now.Milliseconds);
        if (seq != _committed)
        {
            Volatile.Write(ref _committed, seq);
            _bell.Set();
        }
    }

    public Task RunAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenRegistration ringing = stop.Register(() => _bell.Set());
        new Thread(() =>
        {
            // Of this thread alone (setpriority(2), NPTL); the runtime's own priorities do nothing on Linux.
            _ = SetPriority(ProcessPriority, 0, LeastPriority);
            Work(stop);
            ringing.Dispose();
            ended.SetResult();
        })
        {
            IsBackground = true, Name = "forecast",
        }.Start();
        return ended.Task;
    }

    private void Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Follow(stop);
            }
            catch (Exception e) when (e is JournalException or SqliteException or JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // A branch serves people without predictions; it begins anew from the journal.
                Volatile.Write(ref _latest, null);
                failed($"no waiting times for a minute: {e.Message}");
                stop.WaitHandle.WaitOne(AfterFault);
            }
        }
    }

    private void Follow(CancellationToken stop)
    {
        using JournalReader reader = JournalReader.Open(path);
        var history = new BranchHistory();
        var score = new ForecastScore();
        var forecast = new WaitForecast(history, Seed());
        Replay replay = Replay.Latest(reader);
        (BranchState state, long seq) = (replay.State, replay.Seq);
        history.StartFrom(state.Clock);
        reader.Events(Math.Max(0, seq - MostLearned), seq, (_, _, type, data) =>
        {
            if (!stop.IsCancellationRequested)
            {
                history.Learn(EventJson.Read(type, data));
            }
        });
        long rolled = 0;
        while (!stop.IsCancellationRequested)
        {
            long wanted = Volatile.Read(ref _committed);
            bool more = wanted > seq;
            if (more)
            {
                reader.Events(seq, wanted, (_, _, type, data) => Take(EventJson.Read(type, data), state, history, score));
                seq = wanted;
            }

            if (more || rolled == 0 || Stopwatch.GetElapsedTime(rolled) >= Quiet)
            {
                Make(state, history, score, forecast);
                rolled = Stopwatch.GetTimestamp();
                stop.WaitHandle.WaitOne(Rest);
            }

            _bell.WaitOne(Quiet);
        }
    }

    // The seed is the branch's own, so that two hubs of a test differ; which futures are sampled matters to nobody.
    private ulong Seed()
    {
        ulong seed = 14695981039346656037;
        foreach (char c in branchId)
        {
            seed = (seed ^ c) * 1099511628211;
        }

        return seed;
    }

    private void Take(Event happened, BranchState state, BranchHistory history, ForecastScore score)
    {
        Evolve.Apply(state, happened);
        history.Learn(happened);
        score.Learn(happened);
        if (happened is TicketIssued { Queued: true } issued
            && Latest?.Newcomers.GetValueOrDefault(new(issued.Service, issued.Segment)) is { } told && WaitBoard.Minutes(told) is not null)
        {
            score.Told(issued.Visit, issued.At, told);
        }
    }

    private void Make(BranchState state, BranchHistory history, ForecastScore score, WaitForecast forecast)
    {
        long began = Stopwatch.GetTimestamp();
        var now = new Moment(Volatile.Read(ref _now));
        forecast.Renew(state, now, () => forecast.Futures < WaitForecast.Least || Stopwatch.GetElapsedTime(began) < ForOneEvent);
        var visits = new Dictionary<long, WaitPrediction>();
        foreach (Visit visit in state.Visits)
        {
            if (visit.Phase == VisitPhase.Waiting && forecast.Of(visit, now) is { } prediction)
            {
                visits[visit.Number] = prediction;
            }
        }

        var newcomers = new Dictionary<ArrivalStream, WaitPrediction>();
        foreach (ArrivalStream stream in forecast.Streams)
        {
            if (forecast.OfNewcomer(stream, now) is { } prediction)
            {
                newcomers[stream] = prediction;
            }
        }

        Volatile.Write(ref _latest, new WaitBoard(
            now, forecast.Futures, visits, newcomers, score.Quality, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
