using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Tests.Cloud;

public sealed class MigrationTests
{
    [Fact]
    public void Every_migration_has_a_number_of_its_own() =>
        Assert.Equal(Migration.All.Count, Migration.All.Select(m => m.Number).Distinct().Count());

    [Fact]
    public void A_column_has_one_of_the_three_types_that_both_databases_give_back_alike()
    {
        foreach (Migration migration in Migration.All)
        {
            Assert.DoesNotMatch(@"(?i)\b(integer|int|smallint|boolean|timestamptz?|timestamp|jsonb?|uuid|real|double|numeric|serial|varchar|blob)\b[^'\n]*[,\n)]",
                string.Join('\n', migration.Text.Split('\n').Where(l => !l.StartsWith("--", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void Each_database_gets_its_own_lines_and_those_of_both()
    {
        var migration = new Migration(1, "0001-x", "both IDENTITY_KEY\n-- only postgresql\nthere\n-- end\n-- only sqlite\nhere\n-- end\nboth again\n", "");

        Assert.Equal("both integer primary key autoincrement\nhere\nboth again\n\n", migration.For(Dialect.Sqlite));
        Assert.Equal("both bigint generated always as identity primary key\nthere\nboth again\n\n", migration.For(Dialect.Postgres));
    }
}
