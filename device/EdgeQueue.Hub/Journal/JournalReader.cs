using System.Text;
using EdgeQueue.Core.Queue;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeQueue.Hub.Journal;

/// <summary>One event's row, valid during the call only.</summary>
public delegate void RowSeen(long seq, Moment at, ReadOnlySpan<char> type, ReadOnlySpan<byte> data);

/// <summary>
/// Reads a journal that somebody else may be writing (WAL readers block nobody). Rows are read through SQLite's own
/// interface, without a copy: a start reads a million of them.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly bool _owned;

    internal JournalReader(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
    }

    private JournalReader(string path, SqliteConnection connection, Dictionary<string, string> meta)
    {
        _path = path;
        _connection = connection;
        _owned = true;
        Meta = meta;
    }

    public IReadOnlyDictionary<string, string> Meta { get; } = new Dictionary<string, string>();

    /// <exception cref="JournalException">Missing or unreadable.</exception>
    public static JournalReader Open(string path)
    {
        (SqliteConnection connection, Dictionary<string, string> meta) = JournalFile.Open(path, write: false);
        return new JournalReader(path, connection, meta);
    }

    /// <summary>Opens a file whose own identity cannot be read any more.</summary>
    /// <exception cref="JournalException">Not even that.</exception>
    public static JournalReader OpenDamaged(string path, JournalIdentity identity) => new(
        path, JournalFile.OpenDamaged(path),
        new Dictionary<string, string>(StringComparer.Ordinal) { ["journal"] = identity.Id, ["branch"] = identity.Branch });

    /// <summary>Rows with <paramref name="after"/> &lt; seq ≤ <paramref name="until"/>, in order.</summary>
    /// <exception cref="JournalException">The file is damaged there.</exception>
    public void Events(long after, long until, RowSeen seen)
    {
        sqlite3 database = _connection.Handle!;
        Check(database, raw.sqlite3_prepare_v2(database, Sql.Events, out sqlite3_stmt statement));
        using (statement)
        {
            raw.sqlite3_bind_int64(statement, 1, after);
            raw.sqlite3_bind_int64(statement, 2, until);
            Span<char> name = stackalloc char[64];
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                ReadOnlySpan<byte> type = raw.sqlite3_column_blob(statement, 2);
                int length = Encoding.UTF8.GetChars(type[..Math.Min(type.Length, 64)], name);
                seen(
                    raw.sqlite3_column_int64(statement, 0), new Moment(raw.sqlite3_column_int64(statement, 1)),
                    name[..length], raw.sqlite3_column_blob(statement, 3));
            }

            Check(database, result);
        }
    }

    /// <summary>
    /// Whole rows with <paramref name="after"/> &lt; seq ≤ <paramref name="until"/>, in order, with whose commands they came of. Read as
    /// they are asked for; slower than <see cref="Events"/>.
    /// </summary>
    /// <exception cref="JournalException">The file is damaged there.</exception>
    public IEnumerable<JournalRow> Rows(long after = 0, long until = long.MaxValue) => Rows(after, until, null);

    /// <summary>The rows about these visits, and those of the clock, by which their times are read; in order.</summary>
    /// <exception cref="JournalException">As above.</exception>
    public IEnumerable<JournalRow> Rows(IReadOnlyCollection<long> visits, long until) => Rows(0, until, visits);

    private IEnumerable<JournalRow> Rows(long after, long until, IReadOnlyCollection<long>? visits)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = (HasSources() ? Sql.Rows : Sql.RowsWithoutSources) + (visits is null ? "" : Sql.OfVisitsAndClock) + Sql.InOrder;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$until", until);
        if (visits is not null)
        {
            command.Parameters.AddWithValue("$visits", $"[{string.Join(',', visits)}]");
        }

        using SqliteDataReader rows = Try(command.ExecuteReader);
        while (Try(rows.Read))
        {
            yield return Try(() => RowOf(rows));
        }
    }

    /// <summary>First event whose source was kept; null: none was yet.</summary>
    public long? SourcesSince => !HasSources() ? null
        : long.Parse(Meta.GetValueOrDefault(JournalFile.SourcesSince, "1"), System.Globalization.CultureInfo.InvariantCulture);

    private static JournalRow RowOf(SqliteDataReader rows) => new(
        rows.GetInt64(0), new Moment(rows.GetInt64(1)), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), (byte[])rows[4],
        rows.IsDBNull(5) ? null : new EventSource(rows.GetString(5), rows.IsDBNull(6) ? null : rows.GetString(6)));

    private bool HasSources() => Try(() => JournalFile.HasSources(_connection));

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (JournalFile.IsDamage(e))
        {
            throw JournalFile.Unreadable(_path, e);
        }
    }

    /// <summary>Snapshots at or before <paramref name="until"/>, the newest first.</summary>
    /// <exception cref="JournalException">The file is damaged there.</exception>
    public IEnumerable<SnapshotRow> Snapshots(long until = long.MaxValue)
    {
        while (Snapshot(until) is { } row)
        {
            yield return row;
            until = row.Seq - 1;
        }
    }

    private SnapshotRow? Snapshot(long until)
    {
        try
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = Sql.Snapshot;
            command.Parameters.AddWithValue("$seq", until);
            using SqliteDataReader rows = command.ExecuteReader();
            return rows.Read() ? new SnapshotRow(rows.GetInt64(0), (byte[])rows[1]) : null;
        }
        catch (Exception e) when (JournalFile.IsDamage(e))
        {
            throw JournalFile.Unreadable(_path, e);
        }
    }

    /// <summary>The event of the newest snapshot; 0: there is none.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public long LastSnapshot() => Try(() =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "select coalesce(max(seq), 0) from snapshot";
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>Number and time of the last event; 0 when there is none.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public (long Seq, Moment At) Last() => Try(() =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Sql.Last;
        using SqliteDataReader rows = command.ExecuteReader();
        return rows.Read() ? (rows.GetInt64(0), new Moment(rows.GetInt64(1))) : (0L, default(Moment));
    });

    /// <summary>SQLite's own look at every page; "ok", or what is wrong.</summary>
    public IReadOnlyList<string> IntegrityCheck()
    {
        var lines = new List<string>();
        try
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "pragma integrity_check";
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                lines.Add(rows.GetString(0));
            }
        }
        catch (SqliteException e)
        {
            // A file that is too short, or pages that are none: the look itself ends there.
            lines.Add(e.Message);
        }

        // SQLite reads the rest of a page that was cut off as zeros, and finds nothing wrong when nothing stood there.
        if (new FileInfo(_path).Length % PageSize() != 0)
        {
            lines.Add("the file ends within a page: it was cut off");
        }

        return lines;
    }

    private long PageSize() => Try(() =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "pragma page_size";
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>The kept answers, for a salvage; null: there is one that cannot be read.</summary>
    /// <exception cref="JournalException">Nothing behind it can be read.</exception>
    public IEnumerable<CommandRow?> Commands()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "select node, unit, id, seq, reply, hash, kept_until from command";
        using SqliteDataReader rows = Try(command.ExecuteReader);
        while (Try(rows.Read))
        {
            CommandRow? answer = null;
            try
            {
                answer = new CommandRow(
                    new(rows.GetString(0), rows.GetString(1)), rows.GetString(2), rows.GetInt64(3), (byte[])rows[4],
                    rows.IsDBNull(5) ? null : (byte[])rows[5], rows.IsDBNull(6) ? null : rows.GetInt32(6));
            }
            catch (Exception e) when (JournalFile.IsDamage(e))
            {
                // A damaged page gives rows of nothing; the rows behind it may be whole.
            }

            yield return answer;
        }
    }

    public void Dispose()
    {
        if (_owned)
        {
            _connection.Dispose();
        }
    }

    private void Check(sqlite3 database, int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw JournalFile.Unreadable(_path, new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result));
        }
    }
}
