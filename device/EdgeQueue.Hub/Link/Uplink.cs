using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Hub.Link;

/// <summary>
/// What to send next, and what an answer means: one batch in flight, sent again after three seconds, going on from where the cloud says.
/// Pure but for the journal that it reads; its clock is what it is told.
/// </summary>
public sealed class Uplink(IOutbox source)
{
    public static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A branch in which nothing happens asks so often how far the cloud is: a cloud that was put back from a backup while the connection stood does not know what it lost. 65,000
    /// branches at night are a hundred questions a second.
    /// </summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(10);

    private EventBatch? _inFlight;
    private byte[] _bytes = [];
    private TimeSpan _sentAt;
    private TimeSpan _heardAt;
    private long _number;
    private bool _known;

    /// <summary>Last event that the cloud acknowledged.</summary>
    public long Stored { get; private set; }

    /// <summary>Events that the cloud had acknowledged and then did not have any more.</summary>
    public long Lost { get; private set; }

    /// <summary>Batches that were sent again because no answer came.</summary>
    public long Resent { get; private set; }

    /// <summary>A connection stands, or the cloud was away and is back, perhaps as it was yesterday: ask first how far it is.</summary>
    public void Ask() => (_inFlight, _known) = (null, false);

    /// <returns>Bytes to publish now; null: nothing.</returns>
    public byte[]? Due(TimeSpan now)
    {
        if (_inFlight is not null)
        {
            if (now - _sentAt < ResendAfter)
            {
                return null;
            }

            Resent++;
            _sentAt = now;
            return _bytes;
        }

        _inFlight = (_known ? source.After(Stored, _number + 1) : null) ?? (_known && now - _heardAt < AskAgainAfter ? null : source.Question(_number + 1));
        if (_inFlight is null)
        {
            return null;
        }

        _number = _inFlight.Number;
        _sentAt = now;
        return _bytes = _inFlight.Write();
    }

    /// <returns>What the cloud holds that the journal does not, or not so; null: all is well.</returns>
    public CloudIsAhead? Answered(AckMessage ack, TimeSpan now)
    {
        if (ack.Journal != source.Journal || ack.Number != _inFlight?.Number)
        {
            // To an earlier batch, sent twice: what it says was said.
            return null;
        }

        bool asked = _inFlight.Events.Count == 0;
        (_inFlight, _known, _heardAt) = (null, true, now);
        if (ack.Seq > source.Last())
        {
            return new CloudIsAhead(new(ack.Journal, ack.Seq), Other: false);
        }

        if (asked && ack is { Seq: > 0, Hash: { } hash } && source.HashOf(ack.Seq) != hash)
        {
            return new CloudIsAhead(new(ack.Journal, ack.Seq), Other: true);
        }

        // Less than was sent: there is a gap, and the cloud says from where. Less than it said before: it was put back from a backup, and gets what it lost.
        Lost += Math.Max(0, Stored - ack.Seq);
        Stored = ack.Seq;
        return null;
    }
}
