using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>Until the transaction ends nobody else has this lock; for what no row stands for.</summary>
    /// <param name="key">Any number that stands for it, of all that is locked so.</param>
    public abstract Task LockAsync(DbTransaction transaction, long key);

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

    /// <summary>It is the database's own trouble (a full disk, no connection, no memory) and not that of what was to be written.</summary>
    public abstract bool IsItsOwn(DbException fault);

    /// <summary>A parameter may be a whole column.</summary>
    public abstract bool TakesArrays { get; }

    /// <summary>
    /// Adding up millions of rows by groups is done elsewhere, and within bounds. Where it is not, they are sorted in this process's memory: reading them as they lie and adding
    /// up here takes a fraction of it.
    /// </summary>
    public abstract bool AddsUpElsewhere { get; }

    /// <summary>Runs a <see cref="RowsStatement"/> in this database's way.</summary>
    internal abstract Task RunAsync(DbCommand command, IReadOnlyList<(string Name, ColumnType Type)> columns, IReadOnlyList<object[]> rows, CancellationToken cancellation);

    /// <summary>Statements that make room for the events of these days, where room must be made.</summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> MakeDays(long first, long last);

    /// <summary>Forgets the events of the days before this one, a part at a time.</summary>
    /// <returns>Whether there may be more.</returns>
    public abstract Task<bool> ForgetDaysAsync(DbTransaction transaction, long before);

    private sealed record SqliteDialect : Dialect
    {
        public override string Name => "sqlite";

        public override string IdentityKey => "integer primary key autoincrement";

        // A write transaction is alone from its beginning.
        public override Task LockAsync(DbTransaction transaction, long key) => Task.CompletedTask;

        public override string ForUpdate => "";

        public override string ForUpdateSkipLocked => "";

        // Dapper writes out the values; Microsoft.Data.Sqlite has no array parameters.
        public override string AnyOf(string column, string parameter) => $"{column} in {parameter}";

        public override bool TakesArrays => false;

        public override bool AddsUpElsewhere => false;

        internal override async Task RunAsync(DbCommand command, IReadOnlyList<(string Name, ColumnType Type)> columns, IReadOnlyList<object[]> rows, CancellationToken cancellation)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"@p{i}") });
            }

            foreach (object[] row in rows)
            {
                for (int i = 0; i < columns.Count; i++)
                {
                    command.Parameters[i].Value = row[i] is ReadOnlyMemory<byte> utf8 ? Encoding.UTF8.GetString(utf8.Span) : row[i];
                }

                await command.ExecuteNonQueryAsync(cancellation);
            }
        }

        public override IReadOnlyList<IReadOnlyList<string>> MakeDays(long first, long last) => [];

        public override async Task<bool> ForgetDaysAsync(DbTransaction transaction, long before) => await transaction.Connection!.ExecuteAsync(
            "delete from event where (journal, seq, day) in (select journal, seq, day from event where day < @before limit 5000)", new { before }, transaction) > 0;

        // https://sqlite.org/rescode.html: SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
        public override bool IsDuplicate(DbException fault) => fault is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

        public override bool MayBeTriedAgain(DbException fault) => false;

        // SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN
        public override bool IsItsOwn(DbException fault) => fault is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 10 or 13 or 14 };
    }

    private sealed record PostgresDialect : Dialect
    {
        public override string Name => "postgresql";

        public override string IdentityKey => "bigint generated always as identity primary key";

        public override Task LockAsync(DbTransaction transaction, long key) => transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@key)", new { key }, transaction);

        public override string ForUpdate => " for update";

        public override string ForUpdateSkipLocked => " for update skip locked";

        public override string AnyOf(string column, string parameter) => $"{column} = any({parameter})";

        public override bool TakesArrays => true;

        public override bool AddsUpElsewhere => true;

        internal override async Task RunAsync(DbCommand command, IReadOnlyList<(string Name, ColumnType Type)> columns, IReadOnlyList<object[]> rows, CancellationToken cancellation)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                command.Parameters.Add(columns[i].Type switch
                {
                    ColumnType.Bigint => new NpgsqlParameter<long[]> { TypedValue = Column<long>(rows, i) },
                    ColumnType.Text => new NpgsqlParameter<string[]> { TypedValue = Column<string>(rows, i) },
                    ColumnType.Utf8 => new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = Column<ReadOnlyMemory<byte>>(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                    _ => new NpgsqlParameter<byte[][]> { TypedValue = Column<byte[]>(rows, i) },
                });
            }

            await command.ExecuteNonQueryAsync(cancellation);
        }

        private static T[] Column<T>(IReadOnlyList<object[]> rows, int place)
        {
            var column = new T[rows.Count];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = (T)rows[i][place];
            }

            return column;
        }

        // What a branch with a clock ahead has told of a day lies in event_other until the day has a table of its own: a partition is refused while
        // the default one holds rows of it, so they move into the new table first, and that is attached.
        public override IReadOnlyList<IReadOnlyList<string>> MakeDays(long first, long last) =>
            [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => MakeDay(first + i))];

        private static IReadOnlyList<string> MakeDay(long day) =>
        [
            FormattableString.Invariant(
                $"""
                do $$ begin
                  if to_regclass('event_{day}') is null then
                    create table event_{day} (like event including defaults including constraints);
                    with early as (delete from event_other where day = {day} returning journal, seq, day, at, type, data)
                    insert into event_{day}(journal, seq, day, at, type, data) select journal, seq, day, at, type, data from early;
                    alter table event attach partition event_{day} for values from ({day}) to ({day + 1});
                  end if;
                end $$
                """),
        ];

        // A day is dropped as a whole: nothing is searched, and nothing is left to clean up.
        public override async Task<bool> ForgetDaysAsync(DbTransaction transaction, long before)
        {
            DbConnection connection = transaction.Connection!;
            IEnumerable<string> partitions = await connection.QueryAsync<string>(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event'::regclass and c.relname ~ '^event_[0-9]+$'", transaction: transaction);
            foreach (string old in partitions.Where(p => long.Parse(p.AsSpan("event_".Length), System.Globalization.CultureInfo.InvariantCulture) < before))
            {
                await connection.ExecuteAsync($"drop table {old}", transaction: transaction);
            }

            await connection.ExecuteAsync("delete from event_other where day < @before", new { before }, transaction);
            return false;
        }

        public override bool IsDuplicate(DbException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

        public override bool MayBeTriedAgain(DbException fault) =>
            fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

        // That the server ends (57P01, 57P02) is its own trouble too, and no driver's "transient".
        public override bool IsItsOwn(DbException fault) =>
            fault.IsTransient || fault is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };
    }
}
