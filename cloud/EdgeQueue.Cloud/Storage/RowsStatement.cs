using System.Data.Common;
using System.Globalization;
using System.Text;

namespace EdgeQueue.Cloud.Storage;

/// <summary>The three types that both databases have.</summary>
public enum ColumnType
{
    Bigint,
    Text,
    Bytea,

    /// <summary>The type text, given as a <see cref="ReadOnlyMemory{T}"/> of valid UTF-8: what comes and goes as bytes is no string in between.</summary>
    Utf8,
}

/// <summary>
/// A statement over many rows at once. In its SQL <c>{rows}</c> stands for a table of the values, named <c>r</c>:
/// <c>insert into t(a, b) select * from {rows} where true order by 1 on conflict do nothing</c> (SQLite wants the <c>where</c> there).
/// PostgreSQL gets one statement with an array a column; SQLite one prepared statement, run for each row, which is as fast there.
/// </summary>
public sealed class RowsStatement
{
    private readonly string _sqlite;
    private readonly string _postgres;

    public RowsStatement(string sql, params (string Name, ColumnType Type)[] columns)
    {
        Columns = columns;
        string names = string.Join(", ", columns.Select(c => c.Name));
        _postgres = sql.Replace("{rows}", $"unnest({string.Join(", ", columns.Select((c, i) => $"${Text(i + 1)}::{NameOf(c.Type)}[]"))}) as r({names})", StringComparison.Ordinal);
        _sqlite = sql.Replace("{rows}", $"(select {string.Join(", ", columns.Select((c, i) => $"@p{Text(i)} as {c.Name}"))}) as r", StringComparison.Ordinal);
    }

    public IReadOnlyList<(string Name, ColumnType Type)> Columns { get; }

    /// <param name="rows">Values in the order of the columns; sorted by key, so that two replicas never wait for each other.</param>
    public async Task RunAsync(Dialect dialect, DbTransaction transaction, IReadOnlyList<object[]> rows, CancellationToken cancellation = default)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = dialect.TakesArrays ? _postgres : _sqlite;
        await dialect.RunAsync(command, Columns, rows, cancellation);
    }

    private static string NameOf(ColumnType type) => type switch { ColumnType.Bigint => "bigint", ColumnType.Bytea => "bytea", _ => "text" };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
