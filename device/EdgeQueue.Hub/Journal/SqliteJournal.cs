using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// The journal as its one writer sees it. Used by one thread. Every commit is one transaction and one fsync
/// (<c>synchronous=FULL</c>), however many commands stand in it.
/// </summary>
public sealed class SqliteJournal : IDisposable
{
    private readonly FileStream _lock;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _addEvent;
    private readonly SqliteCommand _addCommand;
    private readonly SqliteCommand _findCommand;
    private readonly SqliteCommand _setMeta;

    private SqliteJournal(string path, FileStream fence, SqliteConnection connection, Dictionary<string, string> meta)
    {
        Path = path;
        _lock = fence;
        _connection = connection;
        Meta = meta;
        Identity = new JournalIdentity(meta["journal"], meta.GetValueOrDefault("branch", ""));
        _begin = Prepare("begin immediate");
        _commit = Prepare("commit");
        _rollback = Prepare("rollback");
        _addEvent = Prepare(Sql.AddEvent, "$seq", "$at", "$type", "$visit", "$data", "$source", "$operator");
        _addCommand = Prepare(Sql.AddCommand, "$node", "$unit", "$id", "$seq", "$reply", "$hash", "$kept");
        _findCommand = Prepare(Sql.FindCommand, "$node", "$unit", "$id");
        _setMeta = Prepare(Sql.SetMeta, "$name", "$value");
    }

    public string Path { get; }

    public JournalIdentity Identity { get; }

    /// <summary>The rows of <c>meta</c> as they were at the last commit.</summary>
    public Dictionary<string, string> Meta { get; }

    /// <exception cref="JournalException">Missing, unreadable, or open in another hub.</exception>
    public static SqliteJournal Open(string path)
    {
        JournalFile.MustExist(path);
        FileStream fence = Fence(path);
        try
        {
            (SqliteConnection connection, Dictionary<string, string> meta) = JournalFile.Open(path, write: true);
            return new SqliteJournal(path, fence, connection, meta);
        }
        catch
        {
            fence.Dispose();
            throw;
        }
    }

    /// <summary>Number and time of the last event; 0 when there is none.</summary>
    public (long Seq, Moment At) Last()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Sql.Last;
        using SqliteDataReader rows = command.ExecuteReader();
        return rows.Read() ? (rows.GetInt64(0), new Moment(rows.GetInt64(1))) : (0, default);
    }

    /// <summary>The answer that was given to this id, if it is still kept.</summary>
    /// <exception cref="JournalException">The disk cannot be read.</exception>
    public CommandRow? FindCommand(UnitAddress unit, string id)
    {
        try
        {
            return FindRow(unit, id);
        }
        catch (SqliteException e)
        {
            throw JournalFile.Unreadable(Path, e);
        }
    }

    private CommandRow? FindRow(UnitAddress unit, string id)
    {
        _findCommand.Parameters[0].Value = unit.Node;
        _findCommand.Parameters[1].Value = unit.Unit;
        _findCommand.Parameters[2].Value = id;
        using SqliteDataReader rows = _findCommand.ExecuteReader();
        return rows.Read()
            ? new CommandRow(unit, id, 0, (byte[])rows[0], rows.IsDBNull(1) ? null : (byte[])rows[1], null)
            : null;
    }

    /// <summary>Writes it all, durably, or nothing.</summary>
    /// <exception cref="JournalException">The disk did not take it. What is in memory must be read anew from disk.</exception>
    public void Commit(JournalBatch batch)
    {
        try
        {
            _begin.ExecuteNonQuery();
            foreach (JournalRow row in batch.Events)
            {
                Run(_addEvent, row.Seq, row.At.Milliseconds, row.Type, row.Visit, row.Data, row.Source?.From, row.Source?.Operator);
            }

            foreach (CommandRow row in batch.Commands)
            {
                Run(_addCommand, row.Unit.Node, row.Unit.Unit, row.Id, row.Seq, row.Reply, row.Hash, row.KeptUntil);
            }

            foreach ((string name, string value) in batch.Meta)
            {
                Run(_setMeta, name, value);
            }

            foreach ((string name, long seq) in batch.Cursors)
            {
                Once(Sql.SetCursor, ("$name", name), ("$seq", seq));
            }

            if (batch.Snapshot is { } snapshot)
            {
                Once(Sql.AddSnapshot, ("$seq", snapshot.Seq), ("$data", snapshot.Data));
                Once(Sql.ForgetSnapshots);
            }

            if (batch.ForgetUntilDay is { } day)
            {
                Forgotten = Once(Sql.ForgetCommands, ("$day", day));
            }

            _commit.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            RollBack();
            throw new JournalException($"The disk of the journal '{Path}' did not take a commit: {e.Message} (SQLite {e.SqliteExtendedErrorCode}).", e);
        }

        foreach ((string name, string value) in batch.Meta)
        {
            Meta[name] = value;
        }
    }

    /// <summary>Replies that the last commit with <see cref="JournalBatch.ForgetUntilDay"/> let go.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Number of the last call or recall of each visit of the running business day.</summary>
    /// <exception cref="JournalException">The disk cannot be read.</exception>
    public Dictionary<long, long> LastCalls()
    {
        try
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = Sql.LastCalls;
            using SqliteDataReader rows = command.ExecuteReader();
            var calls = new Dictionary<long, long>();
            while (rows.Read())
            {
                calls[rows.GetInt64(0)] = rows.GetInt64(1);
            }

            return calls;
        }
        catch (SqliteException e)
        {
            throw JournalFile.Unreadable(Path, e);
        }
    }

    /// <summary>The last call of a visit of an earlier day; slow, and needed only for a call that outlived its day.</summary>
    public long? LastCallOf(long visit)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Sql.LastCallOf;
        command.Parameters.AddWithValue("$visit", visit);
        return (long?)command.ExecuteScalar();
    }

    /// <summary>How far a consumer of the journal was; 0: it never was.</summary>
    public long Cursor(string name)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Sql.Cursor;
        command.Parameters.AddWithValue("$name", name);
        return (long?)command.ExecuteScalar() ?? 0;
    }

    /// <summary>A reader over this connection: sees what is committed.</summary>
    public JournalReader Reader() => new(Path, _connection);

    public void Dispose()
    {
        _connection.Dispose();
        _lock.Dispose();
    }

    /// <summary>
    /// Two hubs on one journal would be two writers (law 2). The lock is on a file beside it, because SQLite's own locks
    /// come and go with each transaction; it falls with the process, however that ends.
    /// </summary>
    internal static FileStream Fence(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Another process has the journal '{path}', or its folder is not writable: {e.Message} Stop the other hub first.", e);
        }
    }

    private void RollBack()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself on most failures of the disk, and then there is nothing to roll back.
        }
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in names)
        {
            command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        }

        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private int Once(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteNonQuery();
    }
}
