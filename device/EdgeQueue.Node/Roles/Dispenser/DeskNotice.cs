namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>What the person in front of the dispenser should know about a press.</summary>
public abstract record DeskNotice
{
    /// <summary>It was heard and is on its way to the hub.</summary>
    public sealed record Asked(string Job, string? Language) : DeskNotice;

    /// <summary>There is a number; its paper is next.</summary>
    public sealed record Issued(string Job, string Label, string? Language) : DeskNotice;

    /// <summary>It gives no ticket.</summary>
    /// <param name="Job">Null: it never became one.</param>
    /// <param name="Code">The hub's (<see cref="Core.Queue.Refusal"/>), or one of <see cref="DeskCode"/>.</param>
    /// <param name="ByPress">A button; else a booking that was typed or scanned.</param>
    /// <param name="At">Local time from which it would be possible; null: no time helps.</param>
    public sealed record Refused(string? Job, string Code, bool ByPress, string? Language, string? At = null) : DeskNotice;
}

/// <summary>Codes of what the dispenser refuses by itself.</summary>
public static class DeskCode
{
    public const string NoPaper = "noPaper";
    public const string CannotPrint = "cannotPrint";
    public const string TooManyInWork = "tooManyInWork";
    public const string Closed = "closed";
    public const string Evacuating = "evacuating";
    public const string HubAway = "hubAway";
    public const string NoNumber = "noNumber";
    public const string StoreFailing = "storeFailing";
}
