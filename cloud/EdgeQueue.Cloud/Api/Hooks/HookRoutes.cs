namespace EdgeQueue.Cloud.Api.Hooks;

internal static class HookRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/hooks", (KeyInUse key, HookApi hooks, CancellationToken gone) => hooks.ListAsync(key, gone))
            .Needs(Scopes.Hooks, "ListHooks", "The key's web hooks, and how telling them goes").Produces<HookList>();
        api.MapPost("/hooks", (KeyInUse key, AddHook body, HookApi hooks, HttpContext context) => hooks.AddAsync(key, body, context))
            .Needs(Scopes.Hooks, "AddHook", "Be told of what happens, by signed POSTs; the secret is shown once").Produces<AddedHook>(201).ProducesProblem(409);
        api.MapGet("/hooks/{id:long}/given-up", (KeyInUse key, long id, string? cursor, HookApi hooks, CancellationToken gone) => hooks.GivenUpAsync(key, id, cursor, gone))
            .Needs(Scopes.Hooks, "ListGivenUp", "What was not told and will not be, the latest first, of the last 30 days").Produces<GivenUpList>();
        api.MapPost("/hooks/{id:long}/enable", (KeyInUse key, long id, HookApi hooks, HttpContext context) => hooks.EnableAsync(key, id, context))
            .Needs(Scopes.Hooks, "EnableHook", "Switch it on again after it was switched off").Produces(204);
        api.MapDelete("/hooks/{id:long}", (KeyInUse key, long id, HookApi hooks, HttpContext context) => hooks.RemoveAsync(key, id, context))
            .Needs(Scopes.Hooks, "RemoveHook", "Take a web hook away, with all that waits for it").Produces(204);
    }
}
