using EdgeQueue.Cloud.Bookings.Slots;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>A branch that can be booked at.</summary>
/// <param name="Id">In the database.</param>
internal sealed record OfferedBranch(long Id, BranchOffer Offer)
{
    private readonly Dictionary<string, OfferedService> _services = Offer.Services.ToDictionary(
        s => s.Service,
        s => new OfferedService(Id, Offer, s, new SlotCalendar(Offer, s))
        {
            Officers = [.. Offer.Officers.Where(o => o.Services.Contains(s.Service)).Select(o => new OfferedOfficer(o, new SlotCalendar(Offer, s, o)))],
        },
        StringComparer.Ordinal);

    public IEnumerable<OfferedService> Services => Offer.Services.Select(s => _services[s.Service]);

    public OfferedService? Service(string id) => _services.GetValueOrDefault(id);

    /// <summary>One of the branch's languages: what was asked for, else what the browser prefers, else the branch's own.</summary>
    public string LanguageFor(string? asked, string accepted) => LanguageChoice.Of(Offer.Languages, asked, accepted);

    public string NameIn(string language) => LanguageChoice.Pick(Offer.Name, language, Offer.Languages);

    public string AddressIn(string language) => LanguageChoice.Pick(Offer.Address, language, Offer.Languages);
}
