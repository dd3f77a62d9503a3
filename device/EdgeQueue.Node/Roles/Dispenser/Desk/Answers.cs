namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>What somebody answered before their ticket; null: not asked.</summary>
/// <param name="People">1 … 99.</param>
/// <param name="Person">The hash of a phone number, never the number (law 12).</param>
public sealed record Answers(int? People = null, string? Person = null, string? Case = null)
{
    public static Answers None { get; } = new();

    /// <summary>Not the answers.</summary>
    public override string ToString() => nameof(Answers);
}
