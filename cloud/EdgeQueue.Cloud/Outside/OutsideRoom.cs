using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Outside;

/// <summary>Commands from outside the branches, for the rooms that talk with people.</summary>
internal sealed class OutsideRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults) => services
        .AddSingleton(s => new BranchCommands(s.GetRequiredService<IngestBrokers>(), s.GetRequiredService<BranchBook>(), s.GetRequiredService<IDatabase>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IReportTaker>(s => s.GetRequiredService<BranchCommands>());

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
