using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Joining;

/// <summary>People outside take a place in the queue: by SMS and on the web, without paper.</summary>
internal sealed class JoinRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        JoinSettings own = faults.Read<JoinSettings>(settings, "join");
        MobileSettings mobile = faults.Read<MobileSettings>(settings, "mobile");
        own.Check(faults, mobile.Allows);
        services.AddSingleton(own).AddSingleton<JoinTickets>().AddSingleton<JoinBranches>().AddSingleton<JoinMessages>().AddSingleton<JoinBySms>().AddSingleton<JoinPages>().AddSingleton<JoinBounds>();
        services.AddSingleton<IKeptAbout, KeptTickets>().AddSingleton<ISmsComposer, JoinTexts>().AddSingleton<JoinDesk>().AddHostedService(s => s.GetRequiredService<JoinDesk>());
        if (own.On)
        {
            services.AddSingleton<IEventFollower, JoinFollower>();
        }
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/join/{branch}", (string branch, JoinPages pages, HttpContext context) => pages.ShowAsync(branch, context)).Bounded(RequestBounds.Reads);
        routes.MapPost("/join/{branch}", (string branch, JoinPages pages, HttpContext context) => pages.TakeAsync(branch, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/join/{branch}/ticket", (string branch, JoinPages pages, HttpContext context) => pages.TicketAsync(branch, context)).Bounded(RequestBounds.Reads);
    }
}
