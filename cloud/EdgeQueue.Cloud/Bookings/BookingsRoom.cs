using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Pages;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>People book a time: public pages, and what the hubs are told.</summary>
internal sealed class BookingsRoom : IRoom
{
    /// <summary>Slots that one client may hold a minute: nobody takes all of them.</summary>
    private const int Holds = 20;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        BookingsSettings own = faults.Read<BookingsSettings>(settings, "bookings");
        services.AddSingleton(own).AddSingleton(own.Read(faults));
        services.AddSingleton<BookingLetters>().AddSingleton<Mail.ILetterComposer>(s => s.GetRequiredService<BookingLetters>()).AddSingleton<BookingMessages>().AddSingleton<Sms.ISmsComposer, BookingTexts>().AddSingleton<OfferBook>().AddSingleton<FreeSlots>().AddSingleton<PhoneKeys>().AddSingleton<OfficerPlaces>().AddSingleton<SlotPlaces>().AddSingleton<BookingStore>().AddSingleton<BookingSearch>().AddSingleton<ClientBounds>();
        services.AddSingleton<ChoosePages>().AddSingleton<HoldPages>().AddSingleton<BookingPages>().AddSingleton<ArrivalPages>().AddSingleton<OfficePages>().AddSingleton<OfficerPages>().AddSingleton<BookingRejections>();
        services.AddSingleton<IKeptAbout, KeptBookings>().AddSingleton<BookingsMessages>().AddSingleton<BookingsSender>().AddSingleton<IEventFollower, LostBookings>().AddSingleton<IEventFollower, BookingOutcomes>();
        services.AddSingleton<IReportTaker>(s => s.GetRequiredService<BookingsSender>()).AddHostedService(s => s.GetRequiredService<BookingsSender>());
        services.AddHostedService<OfferImport>().AddHostedService<BookingHousekeeping>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/bookings", (OfficePages pages, HttpContext context) => pages.ShowAsync(context)).Bounded(RequestBounds.Reads);
        // A number is no part of an address: addresses are in logs and histories.
        office.MapPost("/bookings", (OfficePages pages, HttpContext context) => pages.SearchAsync(context)).OnlyLooks().Bounded(RequestBounds.Writes);
        office.MapGet("/bookings/officers", (OfficerPages pages, HttpContext context) => pages.BranchesAsync(context)).Bounded(RequestBounds.Reads);
        office.MapGet("/bookings/officers/{branch}", (string branch, OfficerPages pages, HttpContext context) => pages.DayAsync(branch, context)).Bounded(RequestBounds.Reads);
        office.MapGet("/bookings/{id:long}/move", (long id, OfficePages pages, HttpContext context) => pages.AskMoveAsync(id, context)).Bounded(RequestBounds.Reads);
        office.MapPost("/bookings/{id:long}/move", (long id, OfficePages pages, HttpContext context) => pages.MoveAsync(id, context)).Bounded(RequestBounds.Writes);
        office.MapPost("/bookings/{id:long}/cancel", (long id, OfficePages pages, HttpContext context) => pages.CancelAsync(id, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/book", (ChoosePages pages, HttpContext context) => pages.BranchesAsync(context)).Bounded(RequestBounds.Reads);
        routes.MapGet("/book/{branch}", (string branch, ChoosePages pages, HttpContext context) => pages.ServicesAsync(branch, context)).Bounded(RequestBounds.Reads);
        routes.MapGet("/book/{branch}/privacy", (string branch, BookingPages pages, HttpContext context) => pages.PrivacyAsync(branch, context)).Bounded(RequestBounds.Reads);
        routes.MapGet("/book/{branch}/{service}", (string branch, string service, ChoosePages pages, HttpContext context) => pages.TimesAsync(branch, service, context))
            .Bounded(RequestBounds.Reads);
        routes.MapPost("/book/{branch}/{service}/hold", (string branch, string service, HoldPages pages, HttpContext context) => pages.HoldAsync(branch, service, context))
            .Bounded(Holds);
        // Whoever guesses links is stopped after as many wrong ones as right ones: nobody needs more.
        routes.MapGet("/b/{secret}", (string secret, BookingPages pages, HttpContext context) => pages.ShowAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/b/{secret}/book", (string secret, BookingPages pages, HttpContext context) => pages.BookAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/b/{secret}/here", (string secret, BookingPages pages, HttpContext context) => pages.HereAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/b/{secret}/cancel", (string secret, BookingPages pages, HttpContext context) => pages.AskCancelAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/b/{secret}/cancel", (string secret, BookingPages pages, HttpContext context) => pages.CancelAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/b/{secret}/move", (string secret, BookingPages pages, HttpContext context) => pages.AskMoveAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapPost("/b/{secret}/move", (string secret, BookingPages pages, HttpContext context) => pages.MoveAsync(secret, context)).Bounded(RequestBounds.Writes);
        routes.MapGet("/b/{secret}/booking.ics", (string secret, BookingPages pages, HttpContext context) => pages.CalendarAsync(secret, context)).Bounded(RequestBounds.Writes);
    }
}
