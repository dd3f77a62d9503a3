using System.Data.Common;

namespace EdgeQueue.Cloud.Storage;

/// <summary>
/// The one door to the database, whichever it is. SQL is written once, in what both understand; what they do not share is
/// in <see cref="Dialect"/>.
/// </summary>
public interface IDatabase : IAsyncDisposable
{
    Dialect Sql { get; }

    /// <summary>Reads on a connection of its own. What it reads in one statement is of one moment.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation = default);

    /// <summary>
    /// One transaction. It is committed, durably, when this returns, and rolled back when <paramref name="write"/> throws.
    /// <paramref name="write"/> runs again when PostgreSQL asks for it (deadlock, serialisation): it has no effect but on the database.
    /// On SQLite one write runs at a time: nothing in it may wait for anything but the database.
    /// </summary>
    /// <exception cref="DbException">The database is gone or refuses. When the connection broke during the commit, nobody knows whether it was committed.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation = default);

    /// <summary>
    /// After an erasure: what was deleted is in no file of this program either. On PostgreSQL that is its server's: rows until the next vacuum, and its log
    /// and archives as long as they are kept.
    /// </summary>
    /// <returns>False: somebody read for so long that it is in the write-ahead log still, until that is written over.</returns>
    Task<bool> SettleAsync(CancellationToken cancellation = default);
}
