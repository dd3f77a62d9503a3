using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Rows;

namespace EdgeQueue.Tool.Bookings;

/// <summary>
/// Reads a list of bookings, a <see cref="RowFile"/> with a line per booking:
/// <code>
/// id,service,slot,phone,token,segment,language,person,people,case
/// 4711,general,2026-03-02T09:30,+47 912 34 567,,priority,nb,,2,
/// </code>
/// Id, service and slot (local time) are needed, the others may be empty. The phone number becomes its keyed hash here, the
/// token its hash, and both are kept nowhere.
/// </summary>
internal static class BookingFile
{
    public const string Header = "id,service,slot,phone,token,segment,language,person,people,case";

    public const int MostBookings = 20_000;

    /// <param name="key">Null: no line may have a phone number.</param>
    /// <returns>All bookings; or all that is wrong, each with its line, twenty at most, and how many more.</returns>
    public static (IReadOnlyList<Booking> Bookings, IReadOnlyList<string> Faults) Read(TextReader text, LoadedBranch branch, byte[]? key)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        return RowFile.Read(text, Header, MostBookings, "bookings, the most that a hub holds", (string[] cells, int line, out string fault) =>
        {
            if (Read(cells, branch, key, out fault) is not { } booking)
            {
                return null;
            }

            if (!ids.TryAdd(booking.Id, line))
            {
                fault = $"'{booking.Id}' is already the id at line {ids[booking.Id]}";
                return null;
            }

            return booking;
        });
    }

    private static Booking? Read(string[] cells, LoadedBranch branch, byte[]? key, out string fault)
    {
        fault = "";
        var said = cells.Select(c => c.Length == 0 ? null : c).ToArray();
        if (said[0] is not { } id || said[1] is not { } service || Slot(said[2], branch, out fault) is not { } slot)
        {
            fault = fault.Length > 0 ? fault : "id, service and slot are needed";
            return null;
        }

        var people = 1;
        fault = branch.Service(service) is null ? $"there is no service '{service}' in the branch"
            : said[5] is { } segment && !branch.Configuration.Segments.Any(s => s.Id == segment) ? $"there is no segment '{segment}' in the branch"
            : said[8] is { } heads && !(int.TryParse(heads, NumberStyles.None, CultureInfo.InvariantCulture, out people) && people is >= 1 and <= 99)
                ? $"'{heads}' is not a number of people from 1 to 99"
            : said[6] is { } language && !branch.Configuration.Languages.Contains(language)
                ? $"the branch has no language '{language}'; it has {string.Join(", ", branch.Configuration.Languages)}"
            : said[4] is { } token && !BookingToken.IsOne(token) ? "a token has 16 to 128 characters"
            : said[3] is not null && key is null ? "a phone number needs the branch's key: --key phone.key"
            : "";
        if (fault.Length > 0)
        {
            return null;
        }

        var numbers = branch.Configuration.CheckIn;
        string? phone = null;
        if (said[3] is { } typed && (phone = PhoneHash.Of(key!, typed, numbers?.CountryCode ?? "", numbers?.TrunkPrefix ?? "")) is null)
        {
            fault = "this is not a phone number; write it with its country, as +47 912 34 567";
            return null;
        }

        return new Booking(id, service, slot, phone, said[4] is { } code ? BookingToken.HashOf(code) : null, said[5], said[6], said[7], people, said[9]);
    }

    private static long? Slot(string? text, LoadedBranch branch, out string fault)
    {
        fault = "";
        if (!DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            fault = $"the slot '{text}' is not a local time as 2026-03-02T09:30";
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(branch.Configuration.TimeZone);
        if (zone.IsInvalidTime(local))
        {
            fault = $"there is no {text} on that day: the clocks go forward";
            return null;
        }

        return (long)(TimeZoneInfo.ConvertTimeToUtc(local, zone) - DateTime.UnixEpoch).TotalMilliseconds;
    }
}
