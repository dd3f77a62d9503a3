namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    /// <summary>Whether tickets of this service are given at that moment.</summary>
    public bool GivesTickets(string service, Moment at) => WhyNoTickets(service, at) is null;

    /// <summary>Why no tickets of this service are given at that moment, whoever asks; null: they are. What a dispenser's menu shows.</summary>
    public Refusal? WhyNoTickets(string service, Moment at) =>
        Rules is not { } rules ? Refusal.NotConfigured
        : !rules.Services.ContainsKey(service) ? Refusal.UnknownService(service)
        : Arrivals.Closed(this, rules, service, at);
}
