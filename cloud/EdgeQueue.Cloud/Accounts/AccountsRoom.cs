using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Who may come in, what they see, and what they did.</summary>
internal sealed class AccountsRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        AccountsSettings own = faults.Read<AccountsSettings>(settings, "accounts");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<AccountStore>().AddSingleton<Sessions>().AddSingleton<SessionCookie>().AddSingleton<SessionStreams>().AddSingleton<SignInThrottle>().AddSingleton<PasswordWork>();
        services.AddSingleton<SignInPages>().AddSingleton<AccountPages>().AddSingleton<RegionPages>().AddSingleton<AuditTrail>().AddSingleton<AuditPage>();
        services.AddHostedService<AccountsHousekeeping>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (SignInPages pages, HttpContext context) => pages.ShowAsync(context)).Bounded(RequestBounds.Reads);
        routes.MapPost("/sign-in", (SignInPages pages, HttpContext context) => pages.EnterAsync(context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/sign-in/link/{secret}", (string secret, SignInPages pages, HttpContext context) => pages.LinkAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/sign-in/link/{secret}", (string secret, SignInPages pages, HttpContext context) => pages.ChooseAsync(secret, context)).Bounded(RequestBounds.Writes);

        // What is about oneself, for every role: an auditor may sign out, too.
        RouteGroupBuilder own = routes.MapOffice(Roles.All, Roles.All);
        own.MapGet("/account", (SignedIn who) => SignInPages.Own(who));
        own.MapPost("/account", (SignedIn who, SignInPages pages, HttpContext context) => pages.ChangeAsync(who, context)).Bounded(RequestBounds.Writes);
        own.MapPost("/sign-out", (SignedIn who, SignInPages pages, HttpContext context) => pages.LeaveAsync(who, context)).Bounded(RequestBounds.Writes);

        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/accounts", (SignedIn who, AccountPages pages, HttpContext context) => pages.ShowAsync(who, context)).Bounded(RequestBounds.Reads);
        office.MapPost("/accounts", (SignedIn who, AccountPages pages, HttpContext context) => pages.AddAsync(who, context)).Bounded(RequestBounds.Writes);
        office.MapGet("/accounts/{id:long}", (long id, SignedIn who, AccountPages pages, HttpContext context) => pages.OneAsync(id, who, context)).Bounded(RequestBounds.Reads);
        office.MapPost("/accounts/{id:long}", (long id, SignedIn who, AccountPages pages, HttpContext context) => pages.ChangeAsync(id, who, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/accounts/{id:long}/link", (long id, SignedIn who, AccountPages pages, HttpContext context) => pages.LinkAsync(id, who, context)).Bounded(RequestBounds.Writes);
        office.MapGet("/regions", (SignedIn who, RegionPages pages, HttpContext context) => pages.ShowAsync(who, context)).Bounded(RequestBounds.Reads);
        office.MapPost("/regions", (SignedIn who, RegionPages pages, HttpContext context) => pages.PutAsync(who, context)).Bounded(RequestBounds.Writes);
        office.MapGet("/audit", (AuditPage page, HttpContext context) => page.ShowAsync(context)).Bounded(RequestBounds.Reads);
    }
}
