using System.Data.Common;
using Npgsql;

namespace EdgeQueue.Cloud.Storage;

/// <summary>A PostgreSQL server that several replicas share.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private const int MostTries = 5;

    /// <summary>
    /// Unless the setting says another: two replicas have room in the 100 connections that a server allows by itself. Who needs one more waits for it; a
    /// server that has no more refuses, and a burst of a hundred people would be told that the database does not answer.
    /// </summary>
    private const int MostConnections = 40;

    public PostgresDatabase(string connection)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "edgequeue-cloud",
            // Prepared by themselves after the second use; the statements of this program are few and fixed.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        if (!given.ContainsKey("Maximum Pool Size") && !given.ContainsKey("MaxPoolSize"))
        {
            settings.MaxPoolSize = MostConnections;
        }

        Source = NpgsqlDataSource.Create(settings);
    }

    public Dialect Sql => Dialect.Postgres;

    /// <summary>For what only PostgreSQL has: arrays, LISTEN.</summary>
    public NpgsqlDataSource Source { get; }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation = default)
    {
        await using NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellation);
        return await read(connection);
    }

    public Task<bool> SettleAsync(CancellationToken cancellation = default) => Task.FromResult(true);

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation = default)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await using NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellation);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
                T result = await write(transaction);
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (DbException fault) when (tries < MostTries && Sql.MayBeTriedAgain(fault))
            {
                // The other one won; ours has left nothing.
            }
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
