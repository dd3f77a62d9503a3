using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Same command twice, one effect (law 3). Accepted answers stand in the journal, in the same commit as their events;
/// refusals are remembered for ten seconds in memory, long enough for the repeats of one press.
/// </summary>
public sealed class CommandLedger(SqliteJournal journal, TimeProvider time)
{
    private const int RefusalsKept = 10_000;
    private static readonly TimeSpan RefusalLife = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(UnitAddress, string), CommandRow> _batch = [];
    private readonly Dictionary<(UnitAddress, string), CommandRow> _refused = [];
    private readonly Queue<((UnitAddress, string) Key, long Since)> _age = new();

    /// <summary>What was answered to this id; null: it is new.</summary>
    /// <param name="settled">It stands whatever becomes of the batch.</param>
    public CommandRow? Find(UnitAddress unit, string id, out bool settled)
    {
        ForgetOldRefusals();
        CommandRow? row = _batch.GetValueOrDefault((unit, id)) ?? _refused.GetValueOrDefault((unit, id));
        settled = row is null;
        return row ?? journal.FindCommand(unit, id);
    }

    /// <summary>An answer that will be in this batch's commit.</summary>
    public void Keep(JournalBatch batch, CommandRow row)
    {
        _batch[(row.Unit, row.Id)] = row;
        batch.Commands.Add(row);
    }

    public void Refused(CommandRow row)
    {
        if (_refused.TryAdd((row.Unit, row.Id), row))
        {
            _age.Enqueue(((row.Unit, row.Id), time.GetTimestamp()));
        }
    }

    /// <summary>The batch is on the disk.</summary>
    public void Committed() => _batch.Clear();

    /// <summary>The batch never was: what was refused because of something in it may succeed now.</summary>
    public void RolledBack()
    {
        _batch.Clear();
        _refused.Clear();
        _age.Clear();
    }

    /// <summary>Identifies what a command wants, whoever sends it when. The PIN is not part of it and is stored nowhere.</summary>
    public static byte[] HashOf(Command command) => SHA256.HashData(ContractJson.Write(command))[..16];

    private void ForgetOldRefusals()
    {
        while (_age.TryPeek(out var oldest) && (_age.Count > RefusalsKept || time.GetElapsedTime(oldest.Since) > RefusalLife))
        {
            _age.Dequeue();
            _refused.Remove(oldest.Key);
        }
    }
}
