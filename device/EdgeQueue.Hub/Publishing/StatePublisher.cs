using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Publishing;

/// <summary>
/// Keeps the retained topics true. What a command changed at a counter and in its zones goes out with the commit; numbers
/// that change for everybody (who waits) go out with the next look at all topics, twice a second at most, so that a hundred
/// counters do not make a hundred messages of each press. The look at all also mends whatever was missed.
/// </summary>
public sealed class StatePublisher(LiveBranch live, Outbox outbox, string journal)
{
    private readonly Dictionary<string, RetainedTopic> _counters = [];
    private readonly Dictionary<string, RetainedTopic[]> _zones = [];
    private readonly Dictionary<string, RetainedTopic> _all = [];
    private LoadedBranch _branch = null!;
    private long _looked = -1;
    private HashSet<string>? _touchedZones;

    /// <summary>Why no tickets are given by the hub itself (its disk, its journal); null: they are.</summary>
    public string? ClosedBecause { get; set; }

    /// <summary>The latest predictions; null: none.</summary>
    public Func<WaitBoard?> Waits { get; init; } = static () => null;

    /// <summary>Uses a configuration from now on, and clears the topics of what is in it no longer.</summary>
    public void Use(LoadedBranch branch, Func<Moment> now)
    {
        _branch = branch;
        List<string> before = [.. _all.Keys];
        _all.Clear();
        _counters.Clear();
        _zones.Clear();
        foreach (CounterConfiguration counter in branch.Configuration.Counters)
        {
            _counters[counter.Id] = Add(branch.Topics.Counter(counter.Id),
                seq => ContractJson.Write(CounterFace.Of(counter, live.State, journal, seq)));
        }

        foreach (ZoneConfiguration zone in branch.Configuration.Zones)
        {
            _zones[zone.Id] =
            [
                Add(branch.Topics.Calls(zone.Id),
                    seq => ContractJson.Write(ZoneFace.Calls(zone, branch, live.State, live.CallNumbers, journal, seq))),
                Add(branch.Topics.Board(zone.Id), seq => ContractJson.Write(ZoneFace.Board(zone, branch, live.State, Waits(), journal, seq))),
            ];
        }

        foreach ((UnitAddress address, UnitConfiguration unit) in branch.Units)
        {
            if (unit.Dispenser is { } dispenser)
            {
                Add(branch.Topics.Dispenser(address), seq => ContractJson.Write(
                    DispenserFace.Of(address, dispenser, branch, live, now(), ClosedBecause, journal, seq)));
            }
        }

        foreach (string gone in before.Where(topic => !_all.ContainsKey(topic)))
        {
            outbox.Retain(gone, default);
        }

        _looked = -1;
    }

    /// <summary>Is this topic one that we keep? Anything else under our names is from an earlier configuration.</summary>
    public bool Keeps(string topic) => _all.ContainsKey(topic);

    /// <summary>Somebody else wrote there, or the message was lost: say it again.</summary>
    public void SayAgain(string topic)
    {
        if (_all.TryGetValue(topic, out RetainedTopic? known))
        {
            known.Forget();
            _looked = -1;
        }
    }

    /// <summary>A new connection: the broker may know nothing.</summary>
    public void SayAllAgain()
    {
        foreach (RetainedTopic topic in _all.Values)
        {
            topic.Forget();
        }

        LookAtAll(evenUnchanged: true);
    }

    /// <summary>After a commit: what its events changed where people look first. Boards and loudspeakers follow with <see cref="SayZones"/>.</summary>
    public void Committed(IReadOnlyList<(long Seq, Event Event)> happened)
    {
        HashSet<string>? counters = null;
        HashSet<string>? zones = _touchedZones;
        foreach ((_, Event e) in happened)
        {
            if (Touched(e) is { } counter)
            {
                (counters ??= []).Add(counter);
                foreach (ZoneConfiguration zone in _branch.Counter(counter) is { } known ? _branch.Widening(known.Zone) : [])
                {
                    (zones ??= []).Add(zone.Id);
                }
            }
            else if (e is CopyRequested copy && _all.TryGetValue(_branch.Topics.Dispenser(new UnitAddress(copy.Node, copy.Unit)), out RetainedTopic? dispenser))
            {
                Say(dispenser);
            }
            else if (BufferOf(e) is { } called && _branch.Configuration.Buffers.FirstOrDefault(b => b.Id == called) is { } buffer)
            {
                (zones ??= []).Add(buffer.Zone);
            }
            else if (e is EvacuationStarted or EvacuationEnded or DayOpened)
            {
                zones = [.. _zones.Keys];
            }
        }

        foreach (string counter in counters ?? [])
        {
            if (_counters.TryGetValue(counter, out RetainedTopic? topic))
            {
                Say(topic);
            }
        }

        _touchedZones = zones;
    }

    /// <summary>After the replies, which somebody waits for with a finger on a key: what the commit changed in the zones.</summary>
    public void SayZones()
    {
        if (_touchedZones is { } zones)
        {
            _touchedZones = null;
            foreach (RetainedTopic topic in zones.SelectMany(zone => _zones[zone]))
            {
                Say(topic);
            }
        }
    }

    /// <summary>Says whatever has changed anywhere.</summary>
    /// <param name="evenUnchanged">Also when no event happened since: opening hours begin and end without one.</param>
    public void LookAtAll(bool evenUnchanged)
    {
        foreach (string failed in outbox.TakeFailed())
        {
            SayAgain(failed);
        }

        if (!outbox.Connected || (_looked == live.CommittedSeq && !evenUnchanged))
        {
            return;
        }

        _looked = live.CommittedSeq;
        foreach (RetainedTopic topic in _all.Values)
        {
            Say(topic);
        }
    }

    private RetainedTopic Add(string topic, Func<long, byte[]> make) => _all[topic] = new RetainedTopic(topic, make);

    private void Say(RetainedTopic topic)
    {
        if (topic.Changed(live.CommittedSeq) is { } message)
        {
            outbox.Retain(topic.Topic, message);
        }
    }

    private static string? BufferOf(Event happened) => happened switch
    {
        VisitPrecalled e => e.Buffer,
        CallAnnounced e => BufferName.Of(e.Counter),
        _ => null,
    };

    private string? Touched(Event happened) => happened switch
    {
        VisitCalled e => e.Counter,
        VisitRecalled e => e.Counter,
        VisitArrived e => e.Counter,
        TransactionFinished e => e.Counter,
        VisitRequeued e => e.Counter,
        VisitReinstated e => e.Counter,
        VisitParked e => e.Counter,
        VisitMissed e => e.Counter,
        CallAnnounced e when BufferName.Of(e.Counter) is null => e.Counter,
        VisitTransferred e => e.FromCounter,
        VisitEnded e => live.State.Find(e.Visit)?.Counter,
        TicketRelabelled e => live.State.Find(e.Visit)?.Counter,
        ServiceChanged e => live.State.Find(e.Visit) is { AtCounter: true } visit ? visit.Counter : null,
        CounterOpened e => e.Counter,
        CounterPaused e => e.Counter,
        CounterClosed e => e.Counter,
        _ => null,
    };
}
