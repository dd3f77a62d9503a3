using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser.Store;

/// <summary>The dispenser's durable memory: a log on disk and its state. Nothing is in the state that is not on the disk.</summary>
public sealed class DispenserStore : IDisposable
{
    private const long CompactAbove = 128 * 1024;

    private readonly AppendLog log;

    private DispenserStore(AppendLog log, StoreState state, int damaged)
    {
        this.log = log;
        State = state;
        Damaged = damaged;
    }

    public StoreState State { get; private set; }

    /// <summary>
    /// Records found damaged at opening. Then numbers may have been given that nobody remembers, so the leases are not used
    /// any more and the store has a new id; tickets that can still be read are brought to their end.
    /// </summary>
    public int Damaged { get; }

    /// <summary>A test plays a disk that does not take a record.</summary>
    internal Action<StoreRecord>? BeforeWriting { get; set; }

    /// <exception cref="IOException">The file cannot be opened, read or written.</exception>
    public static DispenserStore Open(string path)
    {
        var log = AppendLog.Open(path, out var content);
        try
        {
            var state = new StoreState();
            var unreadable = content.Damaged;
            foreach (var text in content.Records)
            {
                if (StoreText.Read(text) is { } record)
                {
                    state.Apply(record);
                }
                else
                {
                    unreadable++;
                }
            }

            var store = new DispenserStore(log, state, unreadable);
            if (unreadable > 0 && content.Damaged == 0)
            {
                log.CopyTo(path + ".damaged");
            }

            if (state.Store is null || unreadable > 0)
            {
                state.Apply(new StoreOpened(CommandId.New()));
                store.Compact();
            }
            else if (log.Length > CompactAbove)
            {
                store.Compact();
            }

            return store;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>All of them or none, durable when it returns.</summary>
    /// <exception cref="IOException">Not written; the state is as before.</exception>
    public void Append(params ReadOnlySpan<StoreRecord> records)
    {
        if (log.Length > CompactAbove && State.Forgotten > 100)
        {
            Compact();
        }

        var lines = new string[records.Length];
        for (var i = 0; i < records.Length; i++)
        {
            BeforeWriting?.Invoke(records[i]);
            lines[i] = StoreText.Write(records[i]);
        }

        log.Append(lines);
        foreach (var record in records)
        {
            State.Apply(record);
        }
    }

    public void Dispose() => log.Dispose();

    private void Compact()
    {
        var records = State.Records();
        log.Rewrite([.. records.Select(StoreText.Write)]);
        var fresh = new StoreState();
        foreach (var record in records)
        {
            fresh.Apply(record);
        }

        State = fresh;
    }
}
