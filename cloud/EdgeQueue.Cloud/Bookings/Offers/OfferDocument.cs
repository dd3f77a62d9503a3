using System.Text.Json.Serialization;
using EdgeQueue.Cloud.Outside;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>What branches offer for booking; the file of the setting <c>bookings.offers</c>.</summary>
internal sealed record OfferDocument
{
    public IReadOnlyList<BranchOffer> Branches { get; set; } = [];
}

/// <summary>What one branch offers. Times of the day are local, <c>09:00-12:00</c>; texts are per language (BCP 47).</summary>
internal sealed record BranchOffer
{
    /// <summary>Rises with each change; an older one is ignored.</summary>
    public long Revision { get; set; }

    /// <summary>As in MQTT.</summary>
    public string Branch { get; set; } = "";

    public IReadOnlyDictionary<string, string> Name { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Address { get; set; } = new Dictionary<string, string>();

    /// <summary>The first is the branch's own.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>IANA name.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Of phone numbers that are typed without one, e.g. <c>47</c>; as in the branch's configuration.</summary>
    public string CountryCode { get; set; } = "";

    public string TrunkPrefix { get; set; } = "";

    /// <summary>A mail address is enough; else a phone number is needed. It counts only where mail is sent (<c>mail.server</c>).</summary>
    public bool MailInsteadOfPhone { get; set; }

    /// <summary>By weekday, <c>mon</c> … <c>sun</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Hours { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Every day.</summary>
    public IReadOnlyList<string> Breaks { get; set; } = [];

    /// <summary>Other hours of single days.</summary>
    public IReadOnlyList<DayOffer> Exceptions { get; set; } = [];

    public IReadOnlyList<ServiceOffer> Services { get; set; } = [];

    /// <summary>People with calendars of their own.</summary>
    public IReadOnlyList<OfficerOffer> Officers { get; set; } = [];

    /// <summary>Null: nobody checks in by the booking's page.</summary>
    public LinkCheckIn? CheckIn { get; set; }

    /// <summary>The branch has bookings from elsewhere too (a file at the hub): the cloud adds its own to them and takes none of them away.</summary>
    public bool Beside { get; set; }
}

/// <summary>Checking in by the booking's page, near the branch or from anywhere. The branch's own rules decide all the same; these say when the page offers it.</summary>
internal sealed record LinkCheckIn
{
    /// <summary>Without looking where somebody is.</summary>
    public bool Anywhere { get; set; }

    /// <summary>Degrees, <c>59.9133</c>.</summary>
    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    [JsonIgnore]
    public GeoPlace? Place => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180 ? new(Latitude.Value, Longitude.Value) : null;

    /// <summary>Within so many metres, 20 … 5000.</summary>
    public int RadiusMetres { get; set; } = 150;

    /// <summary>From so many minutes before the slot on, 0 … 1440; as in the branch's configuration.</summary>
    public int EarlyMinutes { get; set; } = 60;

    /// <summary>Until so many minutes after it, 0 … 1440.</summary>
    public int LateMinutes { get; set; } = 120;
}

/// <param name="Date"><c>2026-12-24</c>.</param>
/// <param name="Hours">None: closed.</param>
internal sealed record DayOffer(string Date, IReadOnlyList<string>? Hours);

internal sealed record ServiceOffer
{
    /// <summary>As in the branch's configuration.</summary>
    public string Service { get; set; } = "";

    public IReadOnlyDictionary<string, string> Name { get; set; } = new Dictionary<string, string>();

    /// <summary>What to bring and prepare.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; set; } = new Dictionary<string, string>();

    /// <summary>Length of a slot, 1 … 480.</summary>
    public int Minutes { get; set; } = 15;

    /// <summary>Kept free after each slot, 0 … 480.</summary>
    public int BufferMinutes { get; set; }

    /// <summary>People in one slot, 1 … 100.</summary>
    public int Capacity { get; set; } = 1;

    /// <summary>From now on, 0 … 43200.</summary>
    public int NoticeMinutes { get; set; } = 60;

    /// <summary>How far ahead, 1 … 366.</summary>
    public int HorizonDays { get; set; } = 30;

    /// <summary>A place that becomes free appears again after this, 0 … 1440.</summary>
    public int FreedAfterMinutes { get; set; }

    /// <summary>A slot is held so long while somebody types, 1 … 30.</summary>
    public int HoldMinutes { get; set; } = 5;

    /// <summary>At most so many more than the capacity, in percent of it, as the learned rate of no-shows allows; 0: never.</summary>
    public int OverbookPercent { get; set; }

    /// <summary>Null: the branch's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Hours { get; set; }

    public IReadOnlyList<string>? Breaks { get; set; }

    /// <summary>They come before the branch's.</summary>
    public IReadOnlyList<DayOffer> Exceptions { get; set; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(OfferDocument))]
[JsonSerializable(typeof(BranchOffer))]
internal sealed partial class OfferJson : JsonSerializerContext;
