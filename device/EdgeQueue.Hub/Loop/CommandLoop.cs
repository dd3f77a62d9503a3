using System.Collections.Concurrent;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// The one writer of the branch (law 2), on a thread of its own. It takes all that is waiting, decides it in order, commits
/// once, and only then lets replies and state out (law 1). While the disk works, the next commands gather: that is the
/// group commit. It reads straight from the connection's bounded channel, so that pressure goes back to the broker.
/// </summary>
public sealed class CommandLoop(IMqttConnection connection, HubParts parts)
{
    /// <summary>Bound of one batch: it keeps a commit short, and the tick and the heartbeat regular, under any load.</summary>
    private const int MostInBatch = 256;

    private readonly ArrivalBell<MqttArrival> _bell = new(connection.Arrivals);

    // Bounded by its producers: sign-ins (32), one configuration, one snapshot, a few faults.
    private readonly ConcurrentQueue<LoopInput> _inputs = new();
    private readonly List<Answer> _answers = [];
    private long _oldest;
    private int _commands;
    private JournalException? _readFault;

    /// <summary>Something from inside the hub, from any thread.</summary>
    public void Post(LoopInput input)
    {
        _inputs.Enqueue(input);
        _bell.Ring();
    }

    /// <summary>Wakes the loop, e.g. to see that it should stop.</summary>
    public void Ring() => _bell.Ring();

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="Exception">A bug; the process must end, and the journal says where to go on.</exception>
    public void Run(CancellationToken stop)
    {
        parts.Duties.Begin();
        Finish();
        while (!stop.IsCancellationRequested)
        {
            Wait();
            Take();
            parts.Duties.BeforeCommit(quiet: _commands == 0);
            Finish();
        }

        parts.Duties.SayGoodbye();
    }

    private void Wait()
    {
        if (_inputs.IsEmpty)
        {
            _bell.Wait(parts.Duties.UntilNext());
        }
    }

    private void Take()
    {
        _commands = 0;
        _oldest = 0;

        // Counted by what is taken and not by what is a command: a node that floods its status must not stop the heart.
        int taken = 0;
        while (taken < MostInBatch && _inputs.TryDequeue(out LoopInput? input))
        {
            taken++;
            Take(input);
        }

        while (taken < MostInBatch && connection.Arrivals.TryRead(out MqttArrival? arrival))
        {
            taken++;
            switch (arrival)
            {
                case MqttConnected:
                    parts.Duties.Connected();
                    break;
                case MqttDisconnected gone:
                    parts.Duties.Disconnected(gone.Reason);
                    break;
                case MqttConnectFailed failed:
                    parts.Duties.Disconnected(failed.Reason);
                    break;
                case MqttMessage message:
                    Take(message);
                    break;
            }
        }
    }

    private void Take(LoopInput input)
    {
        switch (input)
        {
            case PinLookedAt looked:
                AnswerIfReadable(() => parts.Intake.Take(looked, parts.Now));
                break;
            case OutsideAsked asked:
                AnswerIfReadable(() => parts.Outside.Take(asked, parts.Intake.DiskFault, parts.Now));
                break;
            default:
                parts.Duties.Take(input);
                break;
        }
    }

    private void Take(MqttMessage message)
    {
        if (!parts.Topics.TryParse(message.Topic, out TopicAddress? address))
        {
            parts.Foreign.Unknown(message.Topic);
        }
        else if (address.Kind == TopicKind.Command && message.Retained)
        {
            // The broker would give it again at each connection, for ever: nobody presses a key like that.
            parts.Foreign.RetainedCommand(address.Unit!);
        }
        else if (address.Kind == TopicKind.Command)
        {
            _oldest = _oldest == 0 ? message.ReceivedAt : _oldest;
            AnswerIfReadable(() => parts.Intake.Take(address.Unit!, message.Payload, parts.Now));
        }
        else
        {
            parts.Foreign.Take(message, address);
        }
    }

    private void AnswerIfReadable(Func<Answer?> take)
    {
        try
        {
            Answer(take());
        }
        catch (JournalException e)
        {
            // Whether it was answered before cannot be read: say nothing, its node asks again.
            _readFault = e;
        }
    }

    private void Answer(Answer? answer)
    {
        _commands++;
        if (answer is not null)
        {
            _answers.Add(answer);
        }
    }

    private void Finish()
    {
        if (_readFault is { } fault)
        {
            _readFault = null;
            Refuse(fault);
        }
        else if (!parts.Live.Batch.IsEmpty)
        {
            Commit();
        }

        parts.Publisher.Committed(parts.Live.Happened);
        foreach (Answer answer in _answers)
        {
            if (answer.To == OutsideIntake.From)
            {
                parts.Cloud?.Reply(answer.Bytes);
            }
            else
            {
                parts.Outbox.Reply(parts.Topics.Reply(answer.To), answer.Bytes);
            }
        }

        if (_answers.Count > 0 && _oldest != 0)
        {
            parts.Metrics.ReplyMs.Add(parts.Time.GetElapsedTime(_oldest).TotalMilliseconds);
        }

        parts.Publisher.SayZones();
        _answers.Clear();
        parts.Forecast.Committed(parts.Live.Happened, parts.Now());
        parts.Live.BeginBatch();
        parts.Duties.AfterCommit();
    }

    private void Commit()
    {
        long began = parts.Time.GetTimestamp();
        try
        {
            parts.Live.Commit();
        }
        catch (JournalException e)
        {
            Refuse(e);
            return;
        }

        parts.Ledger.Committed();
        parts.Duties.Committed(parts.Live.Batch);
        parts.Metrics.CommitMs.Add(parts.Time.GetElapsedTime(began).TotalMilliseconds);
        if (_commands > 0)
        {
            parts.Metrics.BatchSize.Add(_commands);
        }
    }

    /// <summary>The disk did not take the batch: all of it is refused, and memory goes back to what the disk has.</summary>
    private void Refuse(JournalException fault)
    {
        parts.Metrics.FailedCommits.Add();
        parts.Ledger.RolledBack();
        parts.Duties.DiskFailed(fault);
        for (int i = 0; i < _answers.Count; i++)
        {
            if (!_answers[i].Settled)
            {
                parts.Metrics.Refused(HubRefusals.DiskFault.Code);
                _answers[i] = _answers[i] with { Bytes = parts.Replies.Refused(_answers[i].Id, HubRefusals.DiskFault, null, parts.Live) };
            }
        }
    }
}
