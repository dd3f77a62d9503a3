using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>From the brokers into the database.</summary>
internal sealed class IngestRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        IngestSettings own = faults.Read<IngestSettings>(settings, "ingest");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<BranchBook>().AddSingleton<EventStore>().AddSingleton<IngestChannels>().AddSingleton<TroubledJournals>();
        services.AddSingleton<EventDays>().AddHostedService(s => s.GetRequiredService<EventDays>());
        services.AddSingleton<IngestBrokers>().AddHostedService(s => s.GetRequiredService<IngestBrokers>());
        services.AddHostedService<ReportDesk>().AddHostedService<Ingester>().AddHostedService<UncountedEvents>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
