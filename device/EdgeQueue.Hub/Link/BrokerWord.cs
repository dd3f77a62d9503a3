using EdgeQueue.Mqtt;
using Microsoft.Extensions.Logging;

namespace EdgeQueue.Hub.Link;

/// <summary>What the cloud's broker said of the last that was published: no answer of the cloud, but a reason for its silence. For several threads.</summary>
internal sealed class BrokerWord(ILogger log)
{
    private const string NobodyListens = "no replica of the cloud listens at this broker";

    private volatile string? _trouble;
    private volatile bool _isBack;

    /// <summary>Null: it took it, and somebody listens.</summary>
    public string? Trouble => _trouble;

    public void Heard(string topic, int bytes, PublishOutcome outcome)
    {
        string? before = _trouble;
        _trouble = outcome switch
        {
            PublishOutcome.Refused => $"the cloud's broker refuses {topic} with {bytes} bytes: look at its access list and size limit",
            PublishOutcome.NobodySubscribed => NobodyListens,
            _ => null,
        };
        _isBack |= before == NobodyListens && _trouble is null;
        if (before is null && _trouble is { } trouble)
        {
            HubLog.CloudSilent(log, trouble);
        }
        else if (before is not null && _trouble is null)
        {
            HubLog.CloudSpeaks(log);
        }
    }

    /// <returns>Once: somebody listens again, who may be a cloud as it was yesterday.</returns>
    public bool TakeIsBack()
    {
        bool isBack = _isBack;
        _isBack = false;
        return isBack;
    }
}
