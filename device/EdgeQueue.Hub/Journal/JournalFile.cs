using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeQueue.Hub.Journal;

/// <summary>Opening and creating the journal's file. It is created only when somebody says so (DESIGN §6).</summary>
public static class JournalFile
{
    /// <summary>Row of <c>meta</c>: the first event whose source was kept; without it all were.</summary>
    internal const string SourcesSince = "sourcesSince";

    static JournalFile() => Batteries_V2.Init();

    /// <exception cref="JournalException">There is already a file, or it cannot be written.</exception>
    public static JournalIdentity Create(string path, string branch, string? id = null, string? parent = null)
    {
        if (File.Exists(path))
        {
            throw new JournalException($"'{path}' already exists. A journal is never overwritten: choose another name, or move the old one away and keep it.");
        }

        var identity = new JournalIdentity(id ?? NewId(), branch);
        // Made beside and renamed: a power cut leaves either no journal or a whole one.
        string unfinished = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.Delete(unfinished);
            using (SqliteConnection connection = Connect(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                Execute(connection, "pragma journal_mode = delete; pragma synchronous = full; pragma page_size = 4096;");
                Execute(connection, "begin;" + Sql.Schema);
                foreach ((string name, string value) in new[]
                {
                    ("format", Sql.FormatVersion.ToString(CultureInfo.InvariantCulture)), ("journal", identity.Id), ("branch", branch),
                    ("parent", parent ?? ""),
                })
                {
                    using SqliteCommand set = connection.CreateCommand();
                    set.CommandText = Sql.SetMeta;
                    set.Parameters.AddWithValue("$name", name);
                    set.Parameters.AddWithValue("$value", value);
                    set.ExecuteNonQuery();
                }

                Execute(connection, "commit");
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal '{path}' could not be created: {e.Message} Check that the folder exists, is writable and has space.", e);
        }

        return identity;
    }

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Opens an existing journal and reads whose it is.</summary>
    /// <exception cref="JournalException">It is missing, unreadable, of a newer format or no journal at all.</exception>
    internal static (SqliteConnection Connection, Dictionary<string, string> Meta) Open(string path, bool write)
    {
        MustExist(path);
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path, write ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly);
            Execute(connection, "pragma busy_timeout = 5000; pragma cache_size = -1024;");
            if (write)
            {
                // FULL: NORMAL in WAL mode may lose acknowledged commits when the power fails. Checkpoints run elsewhere.
                Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0;");
                AddSources(connection, path);
            }

            var meta = new Dictionary<string, string>(StringComparer.Ordinal);
            using SqliteCommand read = connection.CreateCommand();
            read.CommandText = Sql.AllMeta;
            using SqliteDataReader rows = read.ExecuteReader();
            while (rows.Read())
            {
                meta[rows.GetString(0)] = rows.GetString(1);
            }

            if (!meta.TryGetValue("format", out string? format) || !meta.ContainsKey("journal"))
            {
                throw new JournalException($"'{path}' is a database, but not an EdgeQueue journal. Check the path.");
            }

            if (int.Parse(format, CultureInfo.InvariantCulture) > Sql.FormatVersion)
            {
                throw new JournalException($"'{path}' has format {format}; this hub reads up to {Sql.FormatVersion}. Install the newer release again.");
            }

            return (connection, meta);
        }
        catch (Exception e) when (IsDamage(e))
        {
            connection?.Dispose();
            throw Unreadable(path, e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    internal static bool HasSources(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Sql.HasSources;
        return (long)command.ExecuteScalar()! == 2;
    }

    /// <summary>A journal of a release that kept no sources gets a place for them, once.</summary>
    private static void AddSources(SqliteConnection connection, string path)
    {
        try
        {
            if (!HasSources(connection))
            {
                Execute(connection, "begin immediate;" + Sql.AddSources + "commit;");
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR)
        {
            throw new JournalException(
                $"The journal '{path}' is of an older release, and its disk does not take the new form: {e.Message} Free space or replace the disk. Nothing was changed.", e);
        }
    }

    internal static void MustExist(string path)
    {
        if (!File.Exists(path))
        {
            throw new JournalException(
                $"There is no journal at '{path}'. If this branch is new, make one with 'edgequeue-hub init --journal {path}'. "
                + "If it is not new, its disk is not mounted or the file was lost: bring it back from a backup and run 'edgequeue journal fork'. "
                + "The hub does not start with an empty journal by itself, because it would give the day's numbers a second time.");
        }
    }

    internal static SqliteConnection OpenDamaged(string path)
    {
        try
        {
            return Connect(path, SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException e)
        {
            throw new JournalException($"'{path}' cannot be opened at all: {e.Message}", e);
        }
    }

    internal static JournalException Unreadable(string path, Exception e) => new(
        $"The journal '{path}' cannot be read: {e.Message} Look at it with 'edgequeue journal verify {path}', "
        + $"and save what can be read with 'edgequeue journal repair {path} --to {path}.repaired'.", e);

    /// <summary>SQLite's own word, or a value that no hub writes: NULL or another type where there is always one.</summary>
    internal static bool IsDamage(Exception e) =>
        e is SqliteException or InvalidOperationException or InvalidCastException or FormatException or OverflowException;

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // No pooling: the one connection lives as long as the hub, and a file that was moved away must be let go.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
