using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Messages to and from people's phones.</summary>
internal sealed class SmsRoom : IRoom
{
    /// <summary>A provider calls from one address for everybody.</summary>
    private const int Provider = 60_000;

    private const int LongestText = 2_000;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        SmsSettings own = faults.Read<SmsSettings>(settings, "sms");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<SmsAddress>().AddSingleton<SmsHttp>().AddSingleton<SmsOutbox>().AddSingleton<SmsInbox>().AddSingleton<SmsPages>().AddSingleton<ReadyMessages>().AddSingleton<ReadyPage>();
        if (own.Provider == "http")
        {
            services.AddSingleton<ISmsProvider, HttpProvider>();
        }
        else if (own.Provider == SmsSettings.Shown)
        {
            services.AddSingleton<ShownProvider>().AddSingleton<ISmsProvider>(s => s.GetRequiredService<ShownProvider>()).AddSingleton<ShownPage>();
        }
        else
        {
            services.AddSingleton<ISmsProvider, KannelProvider>();
        }

        services.AddSingleton<IKeptAbout, KeptMessages>().AddHostedService<SmsSender>().AddHostedService<SmsHousekeeping>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/sms", (SmsPages pages, HttpContext context) => pages.ShowAsync(context)).Bounded(RequestBounds.Reads);
        office.MapPost("/sms/{id:long}/again", AgainAsync).Bounded(RequestBounds.Writes);
        office.MapGet("/sms/ready", (ReadyPage page) => page.Show()).Bounded(RequestBounds.Reads);
        office.MapPost("/sms/ready", (ReadyPage page, HttpContext context) => page.SendAsync(context)).Bounded(RequestBounds.Writes);
        if (routes.ServiceProvider.GetRequiredService<SmsSettings>().Provider == SmsSettings.Shown)
        {
            // Whoever reads a message could use its link: not even an auditor does.
            RouteGroupBuilder shown = routes.MapOffice(Roles.HeadOffice, Roles.HeadOffice);
            shown.MapGet("/sms/shown", (ShownPage page) => page.Show()).Bounded(RequestBounds.Reads);
            shown.MapPost("/sms/shown", (ShownPage page, HttpContext context) => page.WriteAsync(context)).Bounded(RequestBounds.Writes);
        }

        routes.MapGet("/sms/report/{report}", ReportAsync).Bounded(Provider);
        routes.MapPost("/sms/report/{report}", ReportAsync).Bounded(Provider);
        routes.MapGet("/sms/in/{key}", InboundAsync).Bounded(Provider);
        routes.MapPost("/sms/in/{key}", InboundAsync).Bounded(Provider);
    }

    private static async Task<IResult> AgainAsync(long id, SmsOutbox outbox, AuditTrail audit, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Sent, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"message {id}"));
        await outbox.AgainAsync(id, context.RequestAborted);
        context.Response.Headers.Location = "/sms";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>
    /// What came of a message: <c>type</c> as Kannel's %d (1 delivered, 2 failed, 16 rejected; 4 and 8 are on the way), or <c>status</c> as "delivered" or "failed".
    /// </summary>
    private static async Task<IResult> ReportAsync(string report, SmsOutbox outbox, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        bool? delivered = (query["type"].ToString(), query["status"].ToString()) switch
        {
            ("1", _) or (_, "delivered") => true,
            ("2" or "16", _) or (_, "failed") => false,
            _ => null,
        };
        if (report.Length > 40 || (delivered is { } known && !await outbox.ReportAsync(report, known, context.RequestAborted)))
        {
            return Results.NotFound();
        }

        return Results.Text("");
    }

    /// <summary>A message from somebody: <c>id</c> (the gateway's, the same when it is told again), <c>from</c> and <c>text</c>, in the query or as a form.</summary>
    private static async Task<IResult> InboundAsync(string key, SmsSettings settings, SmsInbox inbox, HttpContext context)
    {
        if (settings.InboundKey.Length == 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(settings.InboundKey)))
        {
            return Results.NotFound();
        }

        IFormCollection? form = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        string Said(string name) => form?[name].FirstOrDefault() ?? context.Request.Query[name].ToString();
        string id = Said("id");
        string from = Said("from").Trim();
        string text = Said("text");
        if (id.Length is 0 or > 100 || text.Length > LongestText || PhoneNumber.Of(from.StartsWith('+') || from.StartsWith("00", StringComparison.Ordinal) ? from : "+" + from) is not { } phone)
        {
            return Results.BadRequest();
        }

        // Without a body: a gateway would send it to the person.
        await inbox.TakeAsync(id, phone, text, context.RequestAborted);
        return Results.Text("");
    }
}
