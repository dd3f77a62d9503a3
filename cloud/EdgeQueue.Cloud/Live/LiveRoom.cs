using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Live;

/// <summary>How the branches are just now: taken from the brokers, stored, followed by every replica, watched by pages.</summary>
internal sealed class LiveRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        services.AddSingleton<LiveStore>().AddSingleton<LiveBoard>().AddSingleton<LiveDetails>();
        services.AddHostedService<LiveWriter>().AddHostedService<LiveFollower>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
