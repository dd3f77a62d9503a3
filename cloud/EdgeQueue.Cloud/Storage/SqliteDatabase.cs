using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.Cloud.Storage;

/// <summary>One file beside the process. Readers see the last commit; one writer at a time, with one fsync a commit.</summary>
internal sealed class SqliteDatabase(string file) : IDatabase
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, ForeignKeys = true, DefaultTimeout = 30,
    }.ToString();

    // Waiting here is first come, first served; SQLite's own waiting is a sleep of 150 ms in a loop.
    private readonly SemaphoreSlim _writing = new(1, 1);

    public Dialect Sql => Dialect.Sqlite;

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation = default)
    {
        await using SqliteConnection connection = await OpenAsync(cancellation);
        return await read(connection);
    }

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation = default)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await using SqliteConnection connection = await OpenAsync(cancellation);
            await using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            T result = await write(transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<bool> SettleAsync(CancellationToken cancellation = default)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await using SqliteConnection connection = await OpenAsync(cancellation);
            await using SqliteCommand command = connection.CreateCommand();
            // Waits for readers of before, nobody writes meanwhile; by itself it would give up at once. Its row begins with 1 when it gave up.
            command.CommandText = "pragma busy_timeout=2000";
            await command.ExecuteNonQueryAsync(cancellation);
            command.CommandText = "pragma wal_checkpoint(truncate)";
            bool settled = await command.ExecuteScalarAsync(cancellation) is 0L;
            command.CommandText = "pragma busy_timeout=0";
            await command.ExecuteNonQueryAsync(cancellation);
            return settled;
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellation);
        await using SqliteCommand command = connection.CreateCommand();
        // FULL: what was acknowledged survives a power cut (NORMAL in WAL mode does not promise it).
        // secure_delete: what is erased is overwritten, and does not stay readable in the file's free space.
        command.CommandText = "pragma journal_mode=wal; pragma synchronous=full; pragma temp_store=memory; pragma secure_delete=on;";
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }
}
