using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Updates.Rollouts;
using EdgeQueue.Cloud.Web;
using Microsoft.AspNetCore.Mvc;

namespace EdgeQueue.Cloud.Updates;

/// <summary>Which versions the branches' devices run, and roll-outs of new ones.</summary>
internal sealed class UpdatesRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        services.AddSingleton<DeviceVersions>().AddSingleton<VersionPages>().AddSingleton<RolloutStore>().AddSingleton<RolloutPages>().AddSingleton<RolloutApi>().AddSingleton<RolloutSender>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RolloutApiJson.Default));
        services.AddSingleton<IReportTaker>(s => s.GetRequiredService<RolloutSender>()).AddHostedService(s => s.GetRequiredService<RolloutSender>());
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/versions", (SignedIn who, VersionPages pages, CancellationToken gone) => pages.AllAsync(who, gone)).Bounded(RequestBounds.Reads);
        staff.MapGet("/versions/where", (string? role, string? program, string? image, SignedIn who, VersionPages pages, CancellationToken gone) => pages.PlacesAsync(role, program, image, who, gone))
            .Bounded(RequestBounds.Reads);
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/rollouts", (SignedIn who, long? before, RolloutPages pages, CancellationToken gone) => pages.AllAsync(who, before, gone)).Bounded(RequestBounds.Reads);
        office.MapPost("/rollouts", (SignedIn who, RolloutPages pages, HttpContext context) => pages.MakeAsync(who, context)).Bounded(RequestBounds.Writes);
        office.MapGet("/rollouts/{id:long}", (long id, SignedIn who, RolloutPages pages, CancellationToken gone) => pages.OneAsync(id, who, gone)).Bounded(RequestBounds.Reads);
        office.MapPost("/rollouts/{id:long}/pause", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Paused, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/rollouts/{id:long}/go-on", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Running, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/rollouts/{id:long}/end", (long id, RolloutPages pages, HttpContext context) => pages.PutAsync(id, RolloutPhase.Ended, context)).Bounded(RequestBounds.Writes);
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        api.MapGet("/rollouts", (KeyInUse key, string? cursor, int? limit, RolloutApi rollouts, CancellationToken gone) => rollouts.ListAsync(key, cursor, limit, gone)).Needs(Scopes.RolloutsRead, "ListRollouts", "All roll-outs of system images, the newest first").Produces<RolloutList>();
        api.MapGet("/rollouts/{id:long}", (KeyInUse key, long id, RolloutApi rollouts, CancellationToken gone) => rollouts.OneAsync(key, id, gone)).Needs(Scopes.RolloutsRead, "GetRollout", "How far a roll-out is: its stages, and the branches that failed or are at it").Produces<RolloutState>();
        api.MapPost("/rollouts", (KeyInUse key, [FromHeader(Name = TicketApi.Header)] string? chosen, MakeRollout body, RolloutApi rollouts, HttpContext context) => rollouts.MakeAsync(key, chosen, body, context)).Needs(Scopes.RolloutsWrite, "MakeRollout", "Begin a roll-out; refused while another one is not finished; the header Idempotency-Key makes a repeat the same roll-out").Produces<RolloutItem>(201).ProducesProblem(409);
        api.MapPost("/rollouts/{id:long}/pause", (KeyInUse key, long id, RolloutApi rollouts, HttpContext context) => rollouts.PutAsync(key, id, RolloutPhase.Paused, context)).Needs(Scopes.RolloutsWrite, "PauseRollout", "No branch begins until it goes on").Produces(204).ProducesProblem(409);
        api.MapPost("/rollouts/{id:long}/go-on", (KeyInUse key, long id, RolloutApi rollouts, HttpContext context) => rollouts.PutAsync(key, id, RolloutPhase.Running, context)).Needs(Scopes.RolloutsWrite, "GoOnWithRollout", "After a pause, or after it was stopped by failures: as many more may fail").Produces(204).ProducesProblem(409);
        api.MapPost("/rollouts/{id:long}/end", (KeyInUse key, long id, RolloutApi rollouts, HttpContext context) => rollouts.PutAsync(key, id, RolloutPhase.Ended, context)).Needs(Scopes.RolloutsWrite, "EndRollout", "It does not go on; devices that have the image keep it").Produces(204).ProducesProblem(409);
    }
}
