using System.Text.Json;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Section <c>bookings</c> of the settings.</summary>
internal sealed record BookingsSettings
{
    private const int LongestFile = 64 * 1024 * 1024;

    /// <summary>A JSON file with what branches offer (<see cref="OfferDocument"/>); read at the start, a higher revision replaces a lower one. Empty: none.</summary>
    public string Offers { get; set; } = "";

    /// <summary>A folder with the <c>phone.key</c> of branches as <c>BRANCH.key</c>, so that people can check in by their phone number. Empty: none.</summary>
    public string PhoneKeys { get; set; } = "";

    /// <summary>Name and phone number are deleted so many days after the slot, 1 … 366.</summary>
    public int KeepDays { get; set; } = 7;

    /// <summary>Open bookings that one phone number may have in a branch, 1 … 50.</summary>
    public int MostPerPhone { get; set; } = 3;

    /// <summary>Places that one client (an address, of IPv6 a /64) may hold at once without having booked them, 1 … 1000; each replica. Many people may share an address.</summary>
    public int HoldsPerClient { get; set; } = 10;

    /// <summary>Bookings that one client may make in an hour, 1 … 10000; each replica. Each of them sends a message that is paid for.</summary>
    public int BookingsPerClientAnHour { get; set; } = 20;

    /// <summary>The file's content; says what is wrong with it.</summary>
    public OfferDocument Read(SettingFaults faults)
    {
        if (KeepDays is < 1 or > 366)
        {
            faults.Add("bookings.keepDays", $"{KeepDays} is not between 1 and 366.");
        }

        if (MostPerPhone is < 1 or > 50)
        {
            faults.Add("bookings.mostPerPhone", $"{MostPerPhone} is not between 1 and 50.");
        }

        if (HoldsPerClient is < 1 or > 1_000)
        {
            faults.Add("bookings.holdsPerClient", $"{HoldsPerClient} is not between 1 and 1000.");
        }

        if (BookingsPerClientAnHour is < 1 or > 10_000)
        {
            faults.Add("bookings.bookingsPerClientAnHour", $"{BookingsPerClientAnHour} is not between 1 and 10000.");
        }

        if (PhoneKeys.Length > 0 && !Directory.Exists(PhoneKeys))
        {
            faults.Add("bookings.phoneKeys", $"there is no folder '{PhoneKeys}'.");
        }

        if (Offers.Length == 0)
        {
            return new();
        }

        try
        {
            if (new FileInfo(Offers).Length > LongestFile)
            {
                faults.Add("bookings.offers", $"'{Offers}' is larger than {LongestFile} bytes.");
                return new();
            }

            OfferDocument document = JsonSerializer.Deserialize(File.ReadAllBytes(Offers), OfferJson.Default.OfferDocument) ?? new();
            foreach (string fault in OfferChecks.FaultsOf(document))
            {
                faults.Add("bookings.offers", $"{Offers}: {fault}");
            }

            return document;
        }
        catch (JsonException fault)
        {
            faults.Add("bookings.offers", $"'{Offers}', {JsonPlace.Of(fault)}");
            return new();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add("bookings.offers", $"'{Offers}' cannot be read: {fault.Message}");
            return new();
        }
    }
}
