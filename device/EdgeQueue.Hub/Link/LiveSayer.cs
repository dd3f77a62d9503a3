using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Link;

/// <summary>When to tell the cloud how the branch is: when that changed, at most every two seconds, and now and then all the same.</summary>
internal sealed class LiveSayer(HubPictures pictures)
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(30);

    private LiveMessage? _said;
    private TimeSpan _saidAt;
    private TimeSpan _lookedAt = TimeSpan.MinValue;
    private long _beat;

    public void Connected() => (_said, _lookedAt) = (null, TimeSpan.MinValue);

    /// <returns>Bytes to publish now; null: nothing.</returns>
    public byte[]? Due(TimeSpan now)
    {
        if ((_lookedAt != TimeSpan.MinValue && now - _lookedAt < AtMostEvery) || pictures.Latest is not { } picture)
        {
            return null;
        }

        _lookedAt = now;
        LiveMessage live = LiveFace.Of(picture, _beat + 1);
        if (_said is not null && now - _saidAt < AtLeastEvery && LiveFace.Same(_said, live))
        {
            return null;
        }

        (_said, _saidAt) = (live, now);
        _beat++;
        return LinkJson.Write(live);
    }
}
