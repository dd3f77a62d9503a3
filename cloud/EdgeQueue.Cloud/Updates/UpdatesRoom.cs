using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Updates.Rollouts;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Updates;

/// <summary>Which versions the branches' devices run, and roll-outs of new ones.</summary>
internal sealed class UpdatesRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        services.AddSingleton<DeviceVersions>().AddSingleton<VersionPages>().AddSingleton<RolloutStore>().AddSingleton<RolloutPages>().AddSingleton<RolloutSender>();
        services.AddSingleton<IReportTaker>(s => s.GetRequiredService<RolloutSender>()).AddHostedService(s => s.GetRequiredService<RolloutSender>());
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/versions", (SignedIn who, VersionPages pages, CancellationToken gone) => pages.AllAsync(who, gone)).Bounded(RequestBounds.Reads);
        staff.MapGet("/versions/where", (string? role, string? program, string? image, SignedIn who, VersionPages pages, CancellationToken gone) => pages.PlacesAsync(role, program, image, who, gone))
            .Bounded(RequestBounds.Reads);
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/rollouts", (SignedIn who, RolloutPages pages, CancellationToken gone) => pages.AllAsync(who, gone)).Bounded(RequestBounds.Reads);
        office.MapPost("/rollouts", (SignedIn who, RolloutPages pages, HttpContext context) => pages.MakeAsync(who, context)).Bounded(RequestBounds.Writes);
        office.MapGet("/rollouts/{id:long}", (long id, SignedIn who, RolloutPages pages, CancellationToken gone) => pages.OneAsync(id, who, gone)).Bounded(RequestBounds.Reads);
        office.MapPost("/rollouts/{id:long}/pause", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Paused, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/rollouts/{id:long}/go-on", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Running, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/rollouts/{id:long}/end", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Ended, context)).Bounded(RequestBounds.Writes);
    }
}
