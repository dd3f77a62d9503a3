using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeQueue.Cloud.Storage;

/// <summary>
/// All the differences between the two databases. Columns are <c>bigint</c>, <c>text</c> or <c>bytea</c> on both and nothing
/// else (times are milliseconds since 1970 UTC, truth is 0 or 1), so that both give the same types back: long, string, byte[].
/// </summary>
public abstract record Dialect
{
    public static readonly Dialect Sqlite = new SqliteDialect();

    public static readonly Dialect Postgres = new PostgresDialect();

    /// <summary>The word of <c>-- only …</c> in migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Stands for the type of a number that the database counts up; <c>IDENTITY_KEY</c> in migrations.</summary>
    public abstract string IdentityKey { get; }

    /// <summary>At the end of a select inside a transaction: nobody else changes these rows until it ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, but rows that somebody else holds are passed over: how several replicas take from one outbox.</summary>
    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>A condition: <c>column</c> is one of the values of a parameter that is an array (of long or string).</summary>
    public abstract string AnyOf(string column, string parameter);

    /// <summary>Why it failed, for those who can do something about it: a value that must be unique was there already.</summary>
    public abstract bool IsDuplicate(DbException fault);

    /// <summary>The transaction lost against another one and may be tried again.</summary>
    public abstract bool MayBeTriedAgain(DbException fault);

    private sealed record SqliteDialect : Dialect
    {
        public override string Name => "sqlite";

        public override string IdentityKey => "integer primary key autoincrement";

        // A write transaction is alone from its beginning.
        public override string ForUpdate => "";

        public override string ForUpdateSkipLocked => "";

        // Dapper writes out the values; Microsoft.Data.Sqlite has no array parameters.
        public override string AnyOf(string column, string parameter) => $"{column} in {parameter}";

        // https://sqlite.org/rescode.html: SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
        public override bool IsDuplicate(DbException fault) => fault is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

        public override bool MayBeTriedAgain(DbException fault) => false;
    }

    private sealed record PostgresDialect : Dialect
    {
        public override string Name => "postgresql";

        public override string IdentityKey => "bigint generated always as identity primary key";

        public override string ForUpdate => " for update";

        public override string ForUpdateSkipLocked => " for update skip locked";

        public override string AnyOf(string column, string parameter) => $"{column} = any({parameter})";

        public override bool IsDuplicate(DbException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

        public override bool MayBeTriedAgain(DbException fault) =>
            fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
    }
}
