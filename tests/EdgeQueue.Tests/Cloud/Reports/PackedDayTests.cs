using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Reports.Days;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>A branch's day in one row says what its quarters of an hour say, whatever comes late.</summary>
public sealed class PackedDayTests
{
    private const long Day = 20_458;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_day_comes_back_as_it_was_also_what_was_taken_back()
    {
        var random = new Random(7);
        for (int times = 0; times < 300; times++)
        {
            List<(long Quarter, string Service, long[] Row)> rows = [.. Enumerable.Range(0, random.Next(60)).Select(_ => Row(random))];

            Sum sum = Read(PackedDay.Write(Day, rows), Day * 96, (Day + 1) * 96)!;

            Assert.Equal(rows.GroupBy(r => r.Quarter).OrderBy(g => g.Key).Select(g => (g.Key, Text(g))), sum.Quarters.OrderBy(q => q.Key).Select(q => (q.Key, string.Join(' ', q.Value))));
            Assert.Equal(rows.GroupBy(r => r.Service).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, Text(g))), sum.Services.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, string.Join(' ', s.Value))));
        }
    }

    [Fact]
    public void A_midnight_in_a_quiet_hour_parts_a_day_and_one_among_people_does_not()
    {
        byte[] day = PackedDay.Write(Day, [At(30, "cash"), At(33, "cash"), At(70, "loan")]);

        Assert.Equal(["cash"], Read(day, (Day * 96) - 40, (Day * 96) + 60)!.Services.Keys);
        Assert.Equal(["loan"], Read(day, (Day * 96) + 34, (Day + 1) * 96)!.Services.Keys);
        Assert.Null(Read(day, (Day * 96) + 31, (Day + 1) * 96));
        Assert.Null(Read(day, Day * 96, (Day * 96) + 33));
    }

    [Fact]
    public async Task What_comes_late_is_packed_anew_and_what_is_not_over_is_not_packed()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        long today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;
        await CountAsync(cloud, 1, today - 40, 20);
        await CountAsync(cloud, 1, today - 2, 21);
        await CountAsync(cloud, 1, today + 1, 22);
        await CountAsync(cloud, 2, today - 9, 23);
        var packer = new DayPacker(cloud.Database, TimeProvider.System);

        // A part at a time: somebody else goes on where the last one was killed.
        int parts = 1;
        while (await packer.PackSomeAsync(Cancellation))
        {
            packer = new DayPacker(cloud.Database, TimeProvider.System);
            parts++;
        }

        Assert.True(parts > 2);
        Assert.Equal([(1, today - 40, 20), (1, today - 2, 21), (2, today - 9, 23)], await PackedAsync(cloud));
        await CountAsync(cloud, 1, today - 2, 1);
        await CountAsync(cloud, 2, today - 5, 2);
        Assert.Equal([(1, today - 40, 20), (1, today - 2, -1), (2, today - 9, 23), (2, today - 5, -1)], await PackedAsync(cloud));
        while (await packer.PackSomeAsync(Cancellation))
        {
        }

        Assert.Equal([(1, today - 40, 20), (1, today - 2, 22), (2, today - 9, 23), (2, today - 5, 2)], await PackedAsync(cloud));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_leaves_nothing_behind_that_is_not_over()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        long today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;
        await CountAsync(cloud, 1, today, 5);
        var packer = new DayPacker(cloud.Database, new Clock(TimeSpan.FromDays(30)));
        while (await packer.PackSomeAsync(Cancellation))
        {
        }

        Assert.Equal([(1, today, 5)], await PackedAsync(cloud));
        packer = new DayPacker(cloud.Database, TimeProvider.System);
        while (await packer.PackSomeAsync(Cancellation))
        {
        }

        Assert.Equal([(1, today, -1)], await PackedAsync(cloud));
    }

    private static (long Quarter, string Service, long[] Row) Row(Random random)
    {
        long[] row = new long[Measure.Count];
        for (int i = 0; i < 5; i++)
        {
            row[random.Next(row.Length)] = random.Next(4) == 0 ? -random.NextInt64(1L << random.Next(1, 50)) : random.NextInt64(1L << random.Next(1, 50));
        }

        return ((Day * 96) + random.Next(96), "service-" + random.Next(4), row);
    }

    private static (long Quarter, string Service, long[] Row) At(long quarter, string service)
    {
        long[] row = new long[Measure.Count];
        row[Measure.Issued] = 1;
        return ((Day * 96) + quarter, service, row);
    }

    private static string Text(IEnumerable<(long, string, long[] Row)> rows) => string.Join(' ', Enumerable.Range(0, Measure.Count).Select(i => rows.Sum(r => r.Row[i])));

    private static Sum? Read(byte[] day, long first, long end)
    {
        var sum = new Sum();
        return PackedDay.Add(day, Day, first, end, sum) ? sum : null;
    }

    private static Task<int> CountAsync(SomeCloud cloud, long branch, long day, long issued) => cloud.Database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("insert into branch(id, name, created_at) values (@branch, 'branch-' || @branch, 0) on conflict do nothing", new { branch }, t);
            return await t.Connection!.ExecuteAsync(
                "insert into quarter(branch, quarter, service, counter, issued) values (@branch, @quarter, 'cash', '', @issued) on conflict (branch, quarter, service, counter) do update set issued = quarter.issued + excluded.issued",
                new { branch, quarter = (day * 96) + 40, issued }, t);
        },
        Cancellation);

    /// <returns>Branch, day and how many came; -1: it is to be packed.</returns>
    private static async Task<IReadOnlyList<(long, long, long)>> PackedAsync(SomeCloud cloud) => [.. (await cloud.Database.ReadAsync(
        c => c.QueryAsync<(long Branch, long Day, byte[]? Sums)>("select branch, day, sums from packed_day where exists (select 1 from packed_until) order by branch, day"), Cancellation))
        .Select(r => (r.Branch, r.Day, r.Sums is null ? -1 : Issued(r.Sums, r.Day)))];

    private static long Issued(byte[] sums, long day)
    {
        var sum = new Sum();
        Assert.True(PackedDay.Add(sums, day, 0, long.MaxValue, sum));
        return sum.Services["cash"][Measure.Issued];
    }

    /// <summary>The database's own clock says what is late.</summary>
    private sealed class Clock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    private sealed class Sum : IPackedTaker
    {
        public Dictionary<long, long[]> Quarters { get; } = [];

        public Dictionary<string, long[]> Services { get; } = [];

        void IPackedTaker.Quarter(long quarter, long[] row) => Add(Quarters, quarter, row);

        void IPackedTaker.Service(string service, long[] row) => Add(Services, service, row);

        private static void Add<T>(Dictionary<T, long[]> to, T key, long[] row)
            where T : notnull
        {
            long[] sum = to.TryGetValue(key, out long[]? known) ? known : to[key] = new long[row.Length];
            for (int i = 0; i < row.Length; i++)
            {
                sum[i] += row[i];
            }
        }
    }
}
