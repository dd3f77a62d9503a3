using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Stage;

/// <summary>Bookings of this hour for a branch without a cloud, so that its check-in desk can be tried.</summary>
internal static class DemonstrationBookings
{
    public const string Number = "4711";
    public const string Phone = "91234567";
    public const string Code = "EQ-DEMO-7f3a9c21d4";

    /// <summary>One to type, one to find by its phone number, one to scan; none in a branch that takes no bookings.</summary>
    /// <param name="now">Of this machine.</param>
    public static IReadOnlyList<Booking> Of(LoadedBranch branch, byte[] key, DateTimeOffset now)
    {
        if (branch.Configuration is not { CheckIn: { } checkIn, Services: var services })
        {
            return [];
        }

        var slot = now.ToUnixTimeMilliseconds() + 600_000;
        Booking Of(int service, string id) => new(id, services[service % services.Count].Id, slot);
        return
        [
            Of(0, Number),
            Of(1, "4712") with { PhoneHash = PhoneHash.Of(key, Phone, checkIn.CountryCode, checkIn.TrunkPrefix) },
            Of(2, "4713") with { TokenHash = BookingToken.HashOf(Code) },
        ];
    }
}
