using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Network;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>When something in a branch is too bad for too long, somebody is told, once.</summary>
internal sealed class AlertRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults) =>
        services.AddSingleton<AlertStore>().AddSingleton<IKeptAbout, KeptRecipients>().AddSingleton<AlertTelling>().AddSingleton<AlertBoard>().AddSingleton<AlertPage>().AddSingleton<AlertForms>().AddHostedService<AlertWatch>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/alerts", (SignedIn who, AlertPage page, HttpContext context) => page.ShowAsync(who, context)).Bounded(RequestBounds.Reads);
        staff.MapGet("/alerts/live", (SignedIn who, AlertPage page, SessionStreams streams, CancellationToken gone) => Watch(page.LiveOf(who.Sees), streams.While(who, gone)));
        staff.MapPost("/alerts/{id:long}/acknowledge", (long id, SignedIn who, AlertForms forms, HttpContext context) => forms.AcknowledgeAsync(id, who, context)).Bounded(RequestBounds.Writes);
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapPost("/alerts/rules", (SignedIn who, AlertForms forms, HttpContext context) => forms.AddRuleAsync(who, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/alerts/rules/{id:long}/remove", (long id, AlertForms forms, HttpContext context) => forms.RemoveRuleAsync(id, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/alerts/rules/{id:long}/recipients", (long id, SignedIn who, AlertForms forms, HttpContext context) => forms.AddRecipientAsync(id, who, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/alerts/recipients/{id:long}/remove", (long id, AlertForms forms, HttpContext context) => forms.RemoveRecipientAsync(id, context)).Bounded(RequestBounds.Writes);
    }

    private static IResult Watch(Broadcast broadcast, CancellationToken gone) => broadcast.IsFull
        ? Results.Problem("Too many people watch this already.", statusCode: 503) : new PieceStream(broadcast, gone);
}
