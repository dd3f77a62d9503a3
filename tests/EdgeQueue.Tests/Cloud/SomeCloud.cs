using EdgeQueue.Cloud.Storage;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Cloud;

/// <summary>A cloud's database as after its first start, over SQLite in a folder of its own.</summary>
internal sealed class SomeCloud : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private SomeCloud() => Database = DatabaseSetting.Open("sqlite:" + Path.Combine(_folder.Path, "cloud.db"));

    public IDatabase Database { get; }

    public FakeTime Time { get; } = new();

    public static async Task<SomeCloud> StartAsync()
    {
        var cloud = new SomeCloud();
        await new Migrator(cloud.Database, cloud.Time).ApplyAsync(Migration.All, TestContext.Current.CancellationToken);
        return cloud;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
