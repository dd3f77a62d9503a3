namespace EdgeQueue.Core.Queue;

public sealed partial record Refusal
{
    public static Refusal MayNotChangeService { get; } = new(
        "mayNotChangeService", "You may not change what somebody came for. Transfer them; your manager can permit it in the configuration.");

    public static Refusal MayNotSetPriority { get; } =
        new("mayNotSetPriority", "You may not change anybody's priority. Your manager can permit it in the configuration.");

    public static Refusal TransferInstead(string service) =>
        new("transferInstead", $"You do not serve '{service}' at this counter. Transfer the customer there.");

    public static Refusal NobodyBefore { get; } =
        new("nobodyBefore", "Nobody has served this customer before you today. Transfer them by name.");
}
