namespace EdgeQueue.Hub.Journal;

/// <summary>An event of a right form that cannot have followed on those before it.</summary>
/// <param name="seq">Its number.</param>
/// <param name="type">What it is filed under.</param>
/// <param name="why">A half sentence.</param>
public sealed class UnfitEventException(long seq, string type, string why, Exception? inner = null) : JournalException(
    $"Event {seq} ({type}) cannot be applied: {why}. Save what is before it with 'edgequeue journal repair'.", inner)
{
    public long Seq { get; } = seq;

    /// <summary>The same without advice, for a list of faults.</summary>
    public string Fault { get; } = Sentence(seq, why);

    /// <summary>Of an event that nobody has tried to apply yet.</summary>
    public static string Sentence(long seq, string why) => $"event {seq} cannot be applied: {why}";
}
