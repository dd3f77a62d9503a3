using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Publishing;

namespace EdgeQueue.Hub.Loop;

/// <summary>Bookings were told, by the cloud or by a file.</summary>
public sealed record BookingsRead(BookingsMessage Bookings, EventSource Source) : LoopInput;

/// <summary>
/// Takes the bookings of the days ahead into the journal and says which are held. What comes while the journal takes nothing
/// waits, the last message only: it is newer.
/// </summary>
public sealed class BookingsDesk
{
    private BookingsRead? _waiting;
    private BookingsRead? _working;
    private BookingsReport? _toSay;
    private bool _toCloud;

    public void Take(BookingsRead read) => _waiting = read;

    /// <summary>Before a commit, when the journal takes events.</summary>
    public void Work(LiveBranch live, string journal, Moment at)
    {
        if (_waiting is not { } read || live.State.Rules is null)
        {
            return;
        }

        (_waiting, _working) = (null, read);
        BookingsMessage told = read.Bookings;
        Decision decision = live.Execute(new ApplyBookings(told.Version, told.Since, told.Bookings, told.Withdrawn ?? [], at), read.Source);
        BookingsApplied? applied = decision.Events.OfType<BookingsApplied>().FirstOrDefault();
        _toSay = new BookingsReport(
            1, journal, live.Seq, live.State.BookingsVersion, decision.Refusal, applied?.Kept ?? [], applied?.Rejected ?? []);
        _toCloud = true;
    }

    /// <summary>The disk did not take it: nothing was applied, the next good commit tries again.</summary>
    public void Failed() => (_waiting, _toSay, _working) = (_waiting ?? _working, null, null);

    /// <summary>The disk took it.</summary>
    public void Committed() => _working = null;

    /// <summary>The cloud is there: it wants to know what is held.</summary>
    public void CloudConnected() => _toCloud = true;

    /// <summary>After the commit; <paramref name="again"/> on a new connection of a branch that takes bookings: whoever has newer ones says them.</summary>
    public void Say(Outbox outbox, CloudLink? cloud, Topics topics, LiveBranch live, string journal, bool again)
    {
        if (cloud is not null && _toCloud)
        {
            cloud.Report(ContractJson.Write(_toSay ?? new BookingsReport(1, journal, live.CommittedSeq, live.State.BookingsVersion, null, [], [])));
            _toCloud = false;
        }

        if (_toSay is null && again)
        {
            _toSay = new BookingsReport(1, journal, live.CommittedSeq, live.State.BookingsVersion, null, [], []);
        }

        if (_toSay is { } report && outbox.Connected)
        {
            outbox.Retain(topics.BookingsHeld, ContractJson.Write(report));
            _toSay = null;
        }
    }
}
