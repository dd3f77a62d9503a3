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
/// Takes the bookings of the days ahead into the journal, message after message and each in parts, one part a commit: a branch
/// with twenty thousand goes on serving meanwhile. Then it says which version is held. While the journal takes nothing they wait.
/// </summary>
public sealed class BookingsDesk
{
    /// <summary>Messages that wait. A whole set makes those before it needless, so only changes can be so many.</summary>
    public const int MostWaiting = 64;

    /// <summary>Bookings in them, all together.</summary>
    private const int MostBookings = 40_000;

    private readonly Queue<BookingsRead> _waiting = new();
    private Told? _working;
    private BookingsReport? _toSay;
    private bool _toCloud;
    private bool _tooMany;

    /// <returns>False: too many wait. It is not taken, and the whole set is asked for.</returns>
    public bool Take(BookingsRead read)
    {
        if (read.Bookings.Since is null)
        {
            _waiting.Clear();
        }

        int waiting = _waiting.Sum(w => Size(w.Bookings));
        if (_waiting.Count >= MostWaiting || (waiting > 0 && waiting + Size(read.Bookings) > MostBookings))
        {
            _tooMany = true;
            return false;
        }

        _waiting.Enqueue(read);
        return true;
    }

    /// <summary>There is a part to take as soon as nothing else is to do.</summary>
    public bool HasWork(LiveBranch live) => (_working is not null || _waiting.Count > 0) && live.State.Rules is not null;

    /// <summary>Before a commit, when the journal takes events: the next part.</summary>
    public void Work(LiveBranch live, string journal, Moment at)
    {
        if (!HasWork(live))
        {
            SayTooMany(live, journal);
            return;
        }

        _working ??= new Told(_waiting.Dequeue());
        Decision decision = live.Execute(_working.Parts.Next(live.State, at), _working.Read.Source);
        _working.Note(decision);
        if (decision.Refusal is not null || _working.Parts.AtEnd)
        {
            (_toSay, _toCloud) = (_working.Report(journal, live, decision.Refusal), true);
            _working = _working with { Done = true };
        }
    }

    /// <summary>The disk did not take it: what was told is taken again from its first part, which changes nothing where it stands.</summary>
    public void Failed()
    {
        if (_working is { } failed)
        {
            (_working, _toSay) = (new Told(failed.Read), null);
        }
    }

    /// <summary>The disk took it.</summary>
    public void Committed() => Settle();

    /// <summary>The cloud is there: it wants to know what is held.</summary>
    public void CloudConnected() => _toCloud = true;

    /// <summary>After the commit; <paramref name="again"/> on a new connection of a branch that takes bookings: whoever has newer ones says them.</summary>
    public void Say(Outbox outbox, CloudLink? cloud, Topics topics, LiveBranch live, string journal, bool again)
    {
        Settle();
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

    private void Settle()
    {
        if (_working is { Done: true })
        {
            _working = null;
        }
    }

    private void SayTooMany(LiveBranch live, string journal)
    {
        if (_tooMany)
        {
            (_tooMany, _toCloud) = (false, true);
            _toSay = new BookingsReport(1, journal, live.CommittedSeq, live.State.BookingsVersion, HubRefusals.TooManyBookingChanges, [], []);
        }
    }

    private static int Size(BookingsMessage message) => message.Bookings.Count + (message.Withdrawn?.Count ?? 0);

    /// <summary>The message that is being taken.</summary>
    /// <param name="Done">Its last part is in this batch.</param>
    private sealed record Told(BookingsRead Read, bool Done = false)
    {
        private const int MostTold = 100;

        private readonly List<string> _kept = [];
        private readonly List<BookingFault> _rejected = [];

        public BookingParts Parts { get; } = new(Read.Bookings.Version, Read.Bookings.Since, Read.Bookings.Bookings, Read.Bookings.Withdrawn ?? []);

        public void Note(Decision decision)
        {
            foreach (Event happened in decision.Events)
            {
                (IReadOnlyList<string> kept, IReadOnlyList<BookingFault> rejected) = happened switch
                {
                    BookingsHeldBack e => (e.Kept, e.Rejected),
                    BookingsApplied e => (e.Kept, e.Rejected),
                    _ => ([], []),
                };
                _kept.AddRange(kept);
                _rejected.AddRange(rejected);
            }
        }

        public BookingsReport Report(string journal, LiveBranch live, Refusal? refusal)
        {
            _rejected.AddRange(Parts.Twice.Select(id => new BookingFault(id, "Its number is twice in this message; the first counts.")));
            return new BookingsReport(
                1, journal, live.Seq, live.State.BookingsVersion, refusal, [.. _kept.Take(MostTold)], [.. _rejected.Take(MostTold)],
                More(_kept.Count), More(_rejected.Count));
        }

        private static int? More(int count) => count > MostTold ? count - MostTold : null;
    }
}
