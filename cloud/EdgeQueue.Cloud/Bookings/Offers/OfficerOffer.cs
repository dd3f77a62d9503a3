using EdgeQueue.Cloud.Bookings.Slots;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>Somebody with a calendar of their own. A service that has officers has their slots and no others.</summary>
internal sealed record OfficerOffer
{
    /// <summary>The operator's id in the branch's configuration.</summary>
    public string Officer { get; set; } = "";

    public IReadOnlyDictionary<string, string> Name { get; set; } = new Dictionary<string, string>();

    /// <summary>Services of this branch that they take bookings for.</summary>
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>People at the same time, 1 … 20.</summary>
    public int Capacity { get; set; } = 1;

    /// <summary>Customers see the name and may choose it.</summary>
    public bool Shown { get; set; }

    /// <summary>When they are there, within the hours of the service; null: all of those.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Hours { get; set; }

    public IReadOnlyList<string> Breaks { get; set; } = [];

    /// <summary>Other hours of single days; none: away.</summary>
    public IReadOnlyList<DayOffer> Exceptions { get; set; } = [];
}

/// <summary>An officer with the calendar of one service.</summary>
internal sealed record OfferedOfficer(OfficerOffer Offer, SlotCalendar Calendar)
{
    public string Id => Offer.Officer;

    public string NameIn(string language, IReadOnlyList<string> offered) => LanguageChoice.Pick(Offer.Name, language, offered);
}
