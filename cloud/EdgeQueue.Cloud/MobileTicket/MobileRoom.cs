using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>A ticket on somebody's phone, and what they say afterwards.</summary>
internal sealed class MobileRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        MobileSettings own = faults.Read<MobileSettings>(settings, "mobile");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<MobileTickets>().AddSingleton<TicketStreams>().AddSingleton<TicketPiece>().AddSingleton<TicketFeeds>().AddSingleton<TicketWishes>().AddSingleton<MobilePages>().AddSingleton<SurveyPage>().AddHostedService<MobileHousekeeping>();
        if (own.Branches.Length > 0)
        {
            services.AddSingleton<IEventFollower>(s => s.GetRequiredService<MobileTickets>());
        }
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/t/{secret}", (string secret, MobilePages pages, HttpContext context) => pages.ShowAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/t/{secret}/live", (string secret, MobilePages pages, HttpContext context) => pages.Live(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/t/{secret}/survey", (string secret, MobilePages pages, HttpContext context) => pages.AnswerAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/t/{secret}/leave", (string secret, MobilePages pages, HttpContext context) => pages.WishAsync(secret, leave: true, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/t/{secret}/more", (string secret, MobilePages pages, HttpContext context) => pages.WishAsync(secret, leave: false, context)).Bounded(RequestBounds.Writes);
        routes.MapStaff().MapGet("/survey", (SignedIn who, SurveyPage page, HttpContext context) => page.ShowAsync(who, context)).Bounded(RequestBounds.Reads);
        routes.MapHeadOffice().MapPost("/survey/erase", EraseAsync).Bounded(RequestBounds.Writes);
    }

    private static async Task<IResult> EraseAsync(MobileTickets tickets, AuditTrail audit, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        await audit.NoteAsync(context, Deeds.Erased, "a comment of the survey");
        await tickets.EraseCommentAsync((await context.Request.ReadFormAsync(context.RequestAborted))["answer"].ToString(), context.RequestAborted);
        context.Response.Headers.Location = "/survey";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
