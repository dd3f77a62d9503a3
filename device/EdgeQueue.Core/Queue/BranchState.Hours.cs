namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    /// <summary>Whether tickets of this service are given at that moment: what a dispenser's menu shows.</summary>
    public bool GivesTickets(string service, Moment at) =>
        Rules?.Services.GetValueOrDefault(service) is { } rules && Checks.Open(rules, Clock, at);
}
