using System.Collections.Concurrent;
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
/// Predicts waits beside the loop, on a thread below all others. It learns from the journal at its start, follows the committed
/// events with a state of its own, and after each rolls as many futures as a tenth of a second holds, then the others in the same
/// way as long as nothing else happens. All that the loop does for it is to hand over what was committed and what tickets say;
/// all that it gives back is an immutable <see cref="WaitBoard"/>.
/// </summary>
public sealed partial class ForecastWorker(string path, string branchId, Action<string> failed)
{
    /// <summary>Events that are learned from at a start: some weeks, and some seconds of reading.</summary>
    private const long MostLearned = 300_000;

    /// <summary>Events that may wait for the worker; it takes them within a tenth of a second, but for its start.</summary>
    private const int MostEvents = 50_000;

    private const int ProcessPriority = 0;
    private const int LeastPriority = 19;

    private static readonly TimeSpan ForOneEvent = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan BetweenSlices = TimeSpan.FromMilliseconds(20);

    // First the lamp, the paper and the voice that the event is about: their way is shorter than this.
    private static readonly TimeSpan AfterOthers = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    private readonly AutoResetEvent _bell = new(false);
    private readonly ConcurrentQueue<Heard> _events = new();
    private long _now;
    private WaitBoard? _latest;

    /// <summary>Null: nothing was made yet, or the worker has a fault.</summary>
    public WaitBoard? Latest => Volatile.Read(ref _latest);

    /// <summary>By the loop after each turn. Events are immutable; a queue that is full loses them, and the worker begins anew.</summary>
    public void Committed(IReadOnlyList<(long Seq, Event Event)> happened, Moment now)
    {
        Volatile.Write(ref _now, now.Milliseconds);
        if (happened.Count == 0 || _events.Count >= MostEvents)
        {
            return;
        }

        for (int i = 0; i < happened.Count; i++)
        {
            _events.Enqueue(new(happened[i].Seq, happened[i].Event, null));
        }

        _bell.Set();
    }

    /// <summary>By the loop, before the commit: what the ticket of a new visit says.</summary>
    public void Told(Visit visit, WaitPrediction told)
    {
        if (_events.Count < MostEvents)
        {
            _events.Enqueue(new(0, null, new(visit.Number, visit.IssuedAt, told)));
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
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever it is, a bug included: a branch serves people without predictions. It begins anew from the journal.
                Volatile.Write(ref _latest, null);
                failed($"no waiting times for a minute: {e.Message}");
                stop.WaitHandle.WaitOne(AfterFault);
            }
        }
    }

    private void Follow(CancellationToken stop)
    {
        var history = new BranchHistory();
        var score = new ForecastScore();
        var forecast = new WaitForecast(history, Seed());
        (BranchState state, long seq) = Learn(history, stop);
        long rolled = 0;
        bool chasing = false;
        while (!stop.IsCancellationRequested)
        {
            bool more = false;
            while (_events.TryDequeue(out Heard next))
            {
                if (next.Says is { } says)
                {
                    score.TicketSays(says.Visit, says.At, says.Told);
                    continue;
                }

                if (next.Seq > seq + 1)
                {
                    return; // some were lost: learn again
                }

                if (next.Seq == seq + 1)
                {
                    Evolve.Apply(state, next.Event!);
                    history.Learn(next.Event!);
                    score.Learn(next.Event!);
                    forecast.Learn(next.Event!);
                    seq = next.Seq;
                    more = true;
                }
            }

            long began = Stopwatch.GetTimestamp();
            bool GoesOn() => forecast.Futures < WaitForecast.Least || Stopwatch.GetElapsedTime(began) < ForOneEvent;
            if (more || rolled == 0 || Stopwatch.GetElapsedTime(rolled) >= Quiet)
            {
                forecast.Renew(state, new Moment(Volatile.Read(ref _now)), GoesOn);
                Publish(state, score, forecast, began);
                rolled = Stopwatch.GetTimestamp();
            }
            else if (chasing)
            {
                forecast.GoOn(GoesOn);
                Publish(state, score, forecast, began);
            }

            // After an event all futures are made anew; while nothing happens a slice of them now and then is enough.
            chasing = (more || chasing) && !forecast.IsFresh;
            if (!_bell.WaitOne(chasing ? BetweenSlices : Quiet) && chasing)
            {
                continue;
            }

            LetOthersFirst(stop);
        }
    }

    /// <summary>
    /// A press is answered, and the customer arrives, in a few hundredths of a second: to roll in between would take the memory
    /// and the processor from them. In a branch where something always happens it is rolled every two seconds.
    /// </summary>
    private void LetOthersFirst(CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            stop.WaitHandle.WaitOne(AfterOthers);
        }
        while (_bell.WaitOne(0) && Stopwatch.GetElapsedTime(began) < MostBehind && !stop.IsCancellationRequested);
    }

    /// <summary>A damaged explanation of a call is no reason to foretell nobody's wait: that call is learned from without it.</summary>
    private static Event Readable(ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
    {
        try
        {
            return EventJson.Read(type, data);
        }
        catch (JsonException)
        {
            return ReplayJson.Read(type, data);
        }
    }

    private (BranchState State, long Seq) Learn(BranchHistory history, CancellationToken stop)
    {
        using JournalReader reader = JournalReader.Open(path);
        Replay replay = Replay.Latest(reader);
        history.StartFrom(replay.State.Clock);
        reader.Events(Math.Max(0, replay.Seq - MostLearned), replay.Seq, (_, _, type, data) =>
        {
            if (!stop.IsCancellationRequested)
            {
                history.Learn(Readable(type, data));
            }
        });

        // What was read is garbage now, and a small machine has little room for it.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
        return (replay.State, replay.Seq);
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

    private void Publish(BranchState state, ForecastScore score, WaitForecast forecast, long began)
    {
        var now = new Moment(Volatile.Read(ref _now));
        var visits = new Dictionary<long, WaitPrediction>();
        foreach (Visit visit in state.Visits)
        {
            if (visit.Phase == VisitPhase.Waiting && forecast.Of(visit, now, state.Facts(visit.Number)?.Booking) is { } prediction)
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

        var bookings = new Dictionary<string, WaitPrediction>(StringComparer.Ordinal);
        foreach (string booking in forecast.Bookings)
        {
            if (forecast.OfBooking(booking, now) is { } prediction)
            {
                bookings[booking] = prediction;
            }
        }

        Volatile.Write(ref _latest, new WaitBoard(
            now, forecast.Futures, forecast.Fresh, visits, newcomers, bookings, score.Quality, score.Services,
            Stopwatch.GetElapsedTime(began).TotalMilliseconds));
    }

    /// <summary>A committed event, or what a ticket says.</summary>
    private readonly record struct Heard(long Seq, Event? Event, TicketText? Says);

    private sealed record TicketText(long Visit, Moment At, WaitPrediction Told);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
