using System.Data.Common;
using Dapper;

namespace EdgeQueue.Cloud.Storage;

/// <summary>
/// Brings the database to what this program needs, at its start. One replica works and the others wait: a migration runs
/// inside one transaction, which on PostgreSQL takes a lock first and on SQLite is alone by itself.
/// </summary>
public sealed class Migrator(IDatabase database, TimeProvider time)
{
    /// <summary>Any number that nobody else takes on that server: "edgequeu" in ASCII.</summary>
    private const long Lock = 0x6564676571756575;

    /// <returns>Names of those that were applied now.</returns>
    /// <exception cref="MigrationException">A file differs from what was applied under its number.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        var applied = new List<string>();
        foreach (Migration migration in migrations)
        {
            if (await database.WriteAsync(transaction => ApplyAsync(transaction, migration), cancellation))
            {
                applied.Add(migration.Name);
            }
        }

        return applied;
    }

    /// <summary>Whether all of them are there.</summary>
    public Task<bool> IsCompleteAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<long>("select count(*) from migration") >= migrations.Count, cancellation);

    private async Task<bool> ApplyAsync(DbTransaction transaction, Migration migration)
    {
        DbConnection connection = transaction.Connection!;
        if (database.Sql == Dialect.Postgres)
        {
            await connection.ExecuteAsync("select pg_advisory_xact_lock(@Lock)", new { Lock }, transaction);
        }

        await connection.ExecuteAsync(
            "create table if not exists migration(number bigint primary key, name text not null, hash text not null, applied_at bigint not null)",
            transaction: transaction);
        if (await connection.ExecuteScalarAsync<string?>("select hash from migration where number = @Number", migration, transaction) is { } hash)
        {
            return hash == migration.Hash ? false : throw new MigrationException(
                $"Storage/Migrations/{migration.Name}.sql is not what was applied to this database under number {migration.Number}. "
                + "A migration that was published never changes: put it back and write a new one.");
        }

        await connection.ExecuteAsync(migration.For(database.Sql), transaction: transaction);
        await connection.ExecuteAsync(
            "insert into migration(number, name, hash, applied_at) values (@Number, @Name, @Hash, @At)",
            new { migration.Number, migration.Name, migration.Hash, At = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
        return true;
    }
}

/// <summary>The database and this program do not belong together; the message says what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);
