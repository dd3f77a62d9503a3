using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>One row of the table <c>journal</c>.</summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Data">The event as JSON, UTF-8.</param>
/// <param name="Source">Whose command it came of; null: the hub's own, because time passed (or a release wrote it that kept no sources).</param>
public sealed record JournalRow(long Seq, Moment At, string Type, long? Visit, byte[] Data, EventSource? Source = null)
{
    public static JournalRow Of(long seq, Event happened, EventSource? source) =>
        new(seq, happened.At, EventJson.TypeOf(happened), EventVisit.Of(happened), EventJson.Write(happened), source);
}

/// <summary>One row of the table <c>command</c>: what was answered, so that a repeat gets the same bytes (law 3).</summary>
/// <param name="Hash">Of the command's content; null: any content with this id gets this answer (a withdrawn press).</param>
/// <param name="KeptUntil">Last business day of the row; null: for ever (a ticket).</param>
public sealed record CommandRow(UnitAddress Unit, string Id, long Seq, byte[] Reply, byte[]? Hash, int? KeptUntil);

/// <summary>The state at <paramref name="Seq"/>, so that a start need not read years.</summary>
public sealed record SnapshotRow(long Seq, byte[] Data);

/// <summary>Rows of the table <c>cursor</c>, by name.</summary>
public static class CursorRow
{
    /// <summary>What the cloud has acknowledged; its own word counts, this is for the page while it is away.</summary>
    public const string Cloud = "cloud";
}

/// <summary>What one commit writes: all of it or nothing.</summary>
public sealed class JournalBatch
{
    public List<JournalRow> Events { get; } = [];

    public List<CommandRow> Commands { get; } = [];

    /// <summary>Rows of <c>meta</c> that change.</summary>
    public Dictionary<string, string> Meta { get; } = [];

    /// <summary>How far a consumer of the journal is. Only ever beside something else: it is a convenience, and worth no fsync of its own.</summary>
    public Dictionary<string, long> Cursors { get; } = [];

    public SnapshotRow? Snapshot { get; set; }

    /// <summary>The last closed business day, when replies kept until then may go; null: nothing goes.</summary>
    public int? ForgetUntilDay { get; set; }

    public bool IsEmpty => Events.Count == 0 && Commands.Count == 0 && Meta.Count == 0 && Snapshot is null && ForgetUntilDay is null;
}

/// <summary>Whose journal it is.</summary>
/// <param name="Id">128 random bits in hexadecimal.</param>
/// <param name="Branch">The branch that it was made for.</param>
public sealed record JournalIdentity(string Id, string Branch);
