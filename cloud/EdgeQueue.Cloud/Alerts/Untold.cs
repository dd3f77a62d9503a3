namespace EdgeQueue.Cloud.Alerts;

/// <summary>Messages about alerts that did not go out, for one reason.</summary>
/// <param name="Channel">SMS, mail, web hook.</param>
internal sealed record Untold(string Channel, string Why, long Messages);
