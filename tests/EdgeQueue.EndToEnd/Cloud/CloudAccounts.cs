using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>What the cloud's database holds, counted by the test itself.</summary>
/// <param name="Stored">Events.</param>
/// <param name="Gaps">Journals whose events are not exactly 1 … watermark.</param>
internal sealed record CloudAccounts(
    long Stored, long Watermarks, long Gaps, long TicketEvents, long CallEvents, long ServedEvents, long Issued, long Called, long Served, long NoShows, long Gone)
{
    /// <summary>The aggregates say what the events say.</summary>
    public bool IsSound => Stored == Watermarks && Gaps == 0 && TicketEvents == Issued && CallEvents == Called && ServedEvents == Served;

    public static DbConnection Open(string database)
    {
        SQLitePCL.Batteries_V2.Init();
        DbConnection connection = database.StartsWith("sqlite:", StringComparison.Ordinal)
            ? new SqliteConnection($"Data Source={database["sqlite:".Length..]};Mode=ReadOnly;Default Timeout=10")
            : new NpgsqlConnection(database["postgresql:".Length..] + ";Pooling=false");
        connection.Open();
        return connection;
    }

    public static CloudAccounts Read(string database)
    {
        using DbConnection connection = Open(database);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = """
            select (select count(*) from event), (select coalesce(sum(seq), 0) from journal),
              (select count(*) from journal j where j.seq <> (select count(*) from event e where e.journal = j.id)
                or j.seq <> (select coalesce(max(seq), 0) from event e where e.journal = j.id)),
              (select count(*) from event where type = 'ticketIssued'), (select count(*) from event where type = 'visitCalled'),
              (select count(*) from event where type = 'transactionFinished'),
              coalesce(sum(issued), 0), coalesce(sum(called), 0), coalesce(sum(served), 0), coalesce(sum(no_shows), 0), coalesce(sum(gone), 0) from quarter
            """;
        using DbDataReader row = command.ExecuteReader();
        row.Read();
        long[] n = [.. Enumerable.Range(0, row.FieldCount).Select(i => Convert.ToInt64(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))];
        return new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
    }

    public static long Scalar(string database, string sql)
    {
        using DbConnection connection = Open(database);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
