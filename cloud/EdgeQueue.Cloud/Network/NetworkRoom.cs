using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Network;

/// <summary>Head office's look at all branches.</summary>
internal sealed class NetworkRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/", () => Results.Redirect("/network"));
        office.MapGet("/network", () => new Page("Branches", Html.Of($"""
            <h1>Branches</h1>
            <section class="card empty"><p>No branch has reported yet.</p><p class="quiet">Give a hub this cloud's broker with <code>--cloud HOST:PORT</code>, and it appears here.</p></section>
            """), Place: "/network"));
    }
}
