namespace EdgeQueue.Core.Queue;

public sealed partial record Refusal
{
    public static Refusal MayNotChooseService { get; } =
        new("mayNotChooseService", "You may not choose the queue to call from. Call the next; your manager can permit it in the configuration.");

    public static Refusal MayNotChooseTicket { get; } =
        new("mayNotChooseTicket", "You may not choose whom to call. Call the next; your manager can permit it in the configuration.");

    public static Refusal NotYourService(string service) =>
        new("notYourService", $"You do not serve '{service}' at this counter. Choose one of your services.");

    public static Refusal NobodyWaitingFor(string service) => new("nobodyWaitingFor", $"No one is waiting for '{service}' whom you may call.");

    public static Refusal UnknownAttribute(string attribute) =>
        new("unknownAttribute", $"No operator of this branch can be asked for '{attribute}'.");
}
