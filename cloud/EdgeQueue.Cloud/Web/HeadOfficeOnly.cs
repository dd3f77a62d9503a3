using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Web;

/// <summary>
/// Head office's routes. There are no accounts yet: until there are, such pages are shown to this machine only, whatever
/// address the server listens on.
/// </summary>
public static class HeadOfficeOnly
{
    public static RouteGroupBuilder MapHeadOffice(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("");
        group.AddEndpointFilter(async (context, next) => ClientAddress.IsThisMachine(context.HttpContext)
            ? await next(context)
            : Page.Message(403, "Head office only", "These pages are shown on the server's own machine only, until there are accounts."));
        return group;
    }
}
