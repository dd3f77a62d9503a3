using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api.Hooks;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace EdgeQueue.Cloud.Api;

/// <summary>What programs ask for, with a key: branches, tickets, bookings, figures.</summary>
internal sealed class ApiRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        ApiSettings own = faults.Read<ApiSettings>(settings, "api");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<ApiKeys>().AddSingleton<ApiRates>().AddSingleton<KeyPages>();
        services.AddSingleton<BranchApi>().AddSingleton<TicketApi>().AddSingleton<BookingApi>().AddSingleton<ReportApi>().AddSingleton<DocumentsApi>();
        services.AddSingleton<HookBook>().AddSingleton<HookOutbox>().AddSingleton<HookApi>().AddSingleton<HookTelling>().AddHostedService<HookSender>();
        services.AddSingleton<IEventFollower>(s => s.GetRequiredService<HookTelling>()).AddSingleton<IBookingFollower>(s => s.GetRequiredService<HookTelling>());
        services.ConfigureHttpJsonOptions(json => ApiOptions.Set(json.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddSchemaTransformer(ApiOptions.Describe);
            options.AddOperationTransformer(ApiOptions.Need);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "EdgeQueue", Version = "1", Description = "Branches, tickets, bookings and figures of an EdgeQueue cloud. Errors are problem details (RFC 9457)." };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that head office has made, eqk_…" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/keys", (SignedIn who, KeyPages pages, HttpContext context) => pages.ShowAsync(who, context)).Bounded(RequestBounds.Reads).ExcludeFromDescription();
        office.MapPost("/keys", (SignedIn who, KeyPages pages, HttpContext context) => pages.AddAsync(who, context)).Bounded(RequestBounds.Writes).ExcludeFromDescription();
        office.MapPost("/keys/{id:long}/disable", (long id, KeyPages pages, HttpContext context) => pages.DisableAsync(id, context)).Bounded(RequestBounds.Writes).ExcludeFromDescription();

        routes.MapOpenApi("/api/{documentName}/openapi.json").Bounded(RequestBounds.Writes);
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        api.MapGet("/branches", (KeyInUse key, string? q, string? region, string? cursor, int? limit, BranchApi branches, CancellationToken gone) => branches.ListAsync(key, q, region, cursor, limit, gone))
            .Needs(Scopes.Branches, "ListBranches", "All branches and how they are just now, by name").Produces<BranchList>();
        api.MapGet("/branches/{branch}", (KeyInUse key, string branch, BranchApi branches, CancellationToken gone) => branches.OneAsync(key, branch, gone))
            .Needs(Scopes.Branches, "GetBranch", "One branch live: services and counters").Produces<BranchState>();
        api.MapGet("/branches/{branch}/tickets/{label}", (KeyInUse key, string branch, string label, BranchApi branches, CancellationToken gone) => branches.TicketAsync(key, branch, label, gone))
            .Needs(Scopes.TicketsRead, "GetTicket", "Where a ticket of today is in the queue").Produces<TicketState>();
        api.MapPost("/branches/{branch}/tickets", (KeyInUse key, string branch, [FromHeader(Name = TicketApi.Header)] string? chosen, TakeTicket body, TicketApi tickets, HttpContext context) => tickets.TakeAsync(key, branch, chosen, body, context))
            .Needs(Scopes.TicketsWrite, "TakeTicket", "Take a ticket; the header Idempotency-Key makes a repeat the same ticket").Produces<TakenTicket>(201).ProducesProblem(409).ProducesProblem(504);
        api.MapDelete("/branches/{branch}/visits/{visit:long}", (KeyInUse key, string branch, long visit, [FromHeader(Name = TicketApi.Header)] string? chosen, TicketApi tickets, HttpContext context) => tickets.LeaveAsync(key, branch, visit, chosen, context))
            .Needs(Scopes.TicketsWrite, "LeaveQueue", "Leave; the header Idempotency-Key is needed, too").Produces(204).ProducesProblem(409).ProducesProblem(504);
        api.MapGet("/branches/{branch}/services/{service}/slots", (KeyInUse key, string branch, string service, string? from, int? days, string? officer, BookingApi bookings, CancellationToken gone) => bookings.SlotsAsync(key, branch, service, from, days, officer, gone))
            .Needs(Scopes.BookingsRead, "ListSlots", "Times that are free").Produces<SlotList>();
        api.MapPost("/branches/{branch}/bookings", (KeyInUse key, string branch, [FromHeader(Name = TicketApi.Header)] string? chosen, MakeBooking body, BookingApi bookings, HttpContext context) => bookings.BookAsync(key, branch, chosen, body, context))
            .Needs(Scopes.BookingsWrite, "Book", "Book a free time for somebody; the header Idempotency-Key makes a repeat the same booking").Produces<BookingItem>(201).ProducesProblem(409);
        api.MapGet("/bookings/{link}", (KeyInUse key, string link, BookingApi bookings, CancellationToken gone) => bookings.OneAsync(key, link, gone))
            .Needs(Scopes.BookingsRead, "GetBooking", "A booking by its link's secret").Produces<BookingItem>();
        api.MapPost("/bookings/{link}/move", (KeyInUse key, string link, MoveBooking body, BookingApi bookings, HttpContext context) => bookings.MoveAsync(key, link, body, context))
            .Needs(Scopes.BookingsWrite, "MoveBooking", "Take another free time of the same service").Produces<BookingItem>().ProducesProblem(409);
        api.MapDelete("/bookings/{link}", (KeyInUse key, string link, BookingApi bookings, HttpContext context) => bookings.CancelAsync(key, link, context))
            .Needs(Scopes.BookingsWrite, "CancelBooking", "Cancel; said twice it is done once").Produces(204).ProducesProblem(409);
        api.MapGet("/reports/quarters", (KeyInUse key, string? branch, string? from, string? to, string? cursor, int? limit, ReportApi reports, CancellationToken gone) => reports.QuartersAsync(key, branch, from, to, cursor, limit, gone))
            .Needs(Scopes.Reports, "ListQuarters", "What happened in each quarter of an hour, by branch, service and counter").Produces<QuarterList>();
        api.MapPost("/documents/ready", (TellReady body, DocumentsApi documents, HttpContext context) => documents.ReadyAsync(body, context))
            .Needs(Scopes.Documents, "TellReady", "Say that documents are ready, by SMS; a case is told once however often it is sent").Produces<ToldReady>().ProducesProblem(409);
        HookRoutes.Map(api);
    }
}

/// <summary>How a route of the API says what it is.</summary>
internal static class ApiRoutes
{
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, string scope, string name, string summary) => route
        .WithMetadata(new NeedsScope(scope)).WithName(name).WithSummary(summary).WithDescription($"Scope {scope}.")
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
}
