using System.Diagnostics;
using Npgsql;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>The limit: the same rows with the bare statement, <c>insert … select from unnest(…)</c>, durably, without aggregates, watermarks and brokers.</summary>
internal static class BareInsert
{
    private const int AtOnce = 5_000;

    /// <returns>Events a second.</returns>
    public static async Task<double> MeasureAsync(string connection, int events, int writers)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        await using (NpgsqlCommand make = source.CreateCommand(
            "create table if not exists bare(journal bigint not null, seq bigint not null, day bigint not null, at bigint not null, type text not null, data text not null, primary key (journal, seq, day))"))
        {
            await make.ExecuteNonQueryAsync();
        }

        var began = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(source, writer, events / writers))));
        return events / began.Elapsed.TotalSeconds;
    }

    private static async Task WriteAsync(NpgsqlDataSource source, int writer, int events)
    {
        string data = new('x', 210);
        long[] days = [.. Enumerable.Repeat(20_000L, AtOnce)];
        string[] types = [.. Enumerable.Repeat("visitCalled", AtOnce)];
        string[] datas = [.. Enumerable.Repeat(data, AtOnce)];
        for (int done = 0; done < events; done += AtOnce)
        {
            int from = done;
            await using NpgsqlCommand command = source.CreateCommand(
                "insert into bare(journal, seq, day, at, type, data) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[]) order by 1, 2 on conflict do nothing");
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(0, AtOnce).Select(i => (writer * 1_000_000L) + ((from + i) / 200))] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(0, AtOnce).Select(i => (long)((from + i) % 200))] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = days });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = days });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = datas });
            await command.ExecuteNonQueryAsync();
        }
    }
}
