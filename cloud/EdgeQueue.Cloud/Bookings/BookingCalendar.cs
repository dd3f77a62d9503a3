using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>A booking as an entry for people's own calendars: the same on its page and in mails, so that one replaces the other.</summary>
internal static class BookingCalendar
{
    /// <param name="service">Null: it is not offered any more.</param>
    /// <param name="url">Of its page; '': nobody knows the link here.</param>
    public static string Of(BranchOffer branch, OfferedService? service, BookingRow booking, string language, string url)
    {
        var words = BookingWords.In(language);
        bool cancelled = booking.State == BookingState.Cancelled;
        return CalendarFile.Of(new(
            $"booking-{booking.Number}-{booking.MadeAt}@{branch.Branch}.edgequeue", booking.Moves + (cancelled ? 1 : 0), booking.StartsAt, booking.EndsAt, booking.ChangedAt,
            $"{service?.NameIn(language) ?? booking.Service}, {LanguageChoice.Pick(branch.Name, language, branch.Languages)}", LanguageChoice.Pick(branch.Address, language, branch.Languages),
            $"{words.Number}: {booking.Number}\n{words.AtTheBranch}\n{service?.NotesIn(language)}".TrimEnd(), url, cancelled));
    }
}
