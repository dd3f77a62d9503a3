namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    /// <summary>Whether tickets of this service are given at that moment: what a dispenser's menu shows.</summary>
    public bool GivesTickets(string service, Moment at) =>
        Rules is { } rules && rules.Services.ContainsKey(service) && Arrivals.Closed(this, rules, service, at) is null;
}
