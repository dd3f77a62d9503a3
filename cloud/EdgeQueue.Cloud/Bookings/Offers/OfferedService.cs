using EdgeQueue.Cloud.Bookings.Slots;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>A service that can be booked.</summary>
/// <param name="BranchId">In the database.</param>
/// <param name="Calendar">Of the service by itself: what counts where it has no officers.</param>
internal sealed record OfferedService(long BranchId, BranchOffer Branch, ServiceOffer Offer, SlotCalendar Calendar)
{
    private const long Minute = 60_000;

    /// <summary>Nobody: it is booked by capacity.</summary>
    public IReadOnlyList<OfferedOfficer> Officers { get; init; } = [];

    public string NameIn(string language) => LanguageChoice.Pick(Offer.Name, language, Branch.Languages);

    public string NotesIn(string language) => LanguageChoice.Pick(Offer.Notes, language, Branch.Languages);

    public OfferedOfficer? Officer(string id) => Officers.FirstOrDefault(o => o.Id == id);

    /// <summary>Whom a customer has the appointment with, for customers; '': anybody, or somebody whose name they are not told.</summary>
    public string NameOfOfficer(BookingRow booking, string language) =>
        booking.Chosen == 1 && Officer(booking.Officer) is { Offer.Shown: true } officer ? officer.NameIn(language, Branch.Languages) : "";

    /// <summary>All that could be chosen, '' being anybody, from one officer or all.</summary>
    public IEnumerable<OfferedOfficer> OfficersFor(string officer) => officer.Length == 0 ? Officers : Officers.Where(o => o.Id == officer);

    /// <summary>Slots of a day that can be booked now, in order.</summary>
    /// <param name="officer">''; with anybody.</param>
    public IEnumerable<Slot> OfferedOn(DateOnly day, long now, string officer = "") => Officers.Count == 0
        ? Calendar.OfferedOn(day, now)
        : OfficersFor(officer).SelectMany(o => o.Calendar.OfferedOn(day, now)).DistinctBy(s => s.StartsAt).OrderBy(s => s.StartsAt);

    /// <summary>The slot that begins at an instant, when it can be booked now.</summary>
    public Slot? Find(long startsAt, long now, string officer = "") => Officers.Count == 0
        ? Calendar.Find(startsAt, now) : OfficersFor(officer).Select(o => o.Calendar.Find(startsAt, now)).FirstOrDefault(s => s is not null);

    /// <summary>Those whose calendar has a slot at an instant, however soon it is.</summary>
    public IEnumerable<OfferedOfficer> OfficersAt(long startsAt) => Officers.Where(o => o.Calendar.Has(startsAt));

    /// <summary>Until when whoever has the slot is not free for another.</summary>
    public long BusyUntil(Slot slot) => slot.EndsAt + (Offer.BufferMinutes * Minute);
}
