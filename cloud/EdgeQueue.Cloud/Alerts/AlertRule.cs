namespace EdgeQueue.Cloud.Alerts;

/// <summary>Raised while the value is above one for some seconds, cleared when it is below another for some seconds.</summary>
internal sealed record AlertRule(long Id, string Name, string Kind, string Scope, long RaiseAbove, long RaiseSeconds, long ClearBelow, long ClearSeconds);

/// <param name="Target">An address; '' for sms.</param>
/// <param name="Phone">Null: none, or it was erased.</param>
internal sealed record AlertRecipient(long Id, long Rule, string Channel, string Target, long? Person, string Quiet, string Zone, string? Phone);

/// <param name="ClearedAt">0: it is open.</param>
internal sealed record AlertRow(
    long Id, long Rule, string RuleName, string Kind, long Branch, string Name, string Title, string Region, long RaisedAt, long ClearedAt, long Value, long Worst, long AcknowledgedAt, string AcknowledgedBy);

/// <summary>A rule has an open alert at a branch.</summary>
internal sealed record OpenAlert(long Rule, long Branch);
