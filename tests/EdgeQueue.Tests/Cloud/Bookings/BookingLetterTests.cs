using System.Text;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Mail;

namespace EdgeQueue.Tests.Cloud.Bookings;

public sealed class BookingLetterTests
{
    /// <summary>2026-03-30 07:00 UTC: the first Monday of summer time in Oslo.</summary>
    private const long At = 1_774_854_000_000;

    private const string Link = "https://queue.example.org/b/secret";

    [Fact]
    public void A_confirmation_says_when_on_the_branchs_wall_where_and_what_to_bring()
    {
        Letter letter = BookingLetters.Of(LetterPurpose.Confirmed, Service, Booking("en"), Link);

        Assert.Equal("Booked: Monday 30 March 2026, 09:00, The service centre", letter.Subject);
        foreach (string line in new[] { "Monday 30 March 2026, 09:00", "Passports", "Storgata 1", "Booking number: 1234567", "Your old passport\nA photograph", Link, "Times are those of the branch (Europe/Oslo)." })
        {
            Assert.Contains(line, letter.Body, StringComparison.Ordinal);
        }

        string calendar = Encoding.UTF8.GetString(letter.File);
        Assert.Equal("booking.ics", letter.FileName);
        Assert.Contains("DTSTART:20260330T070000Z\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains($"URL:{Link}\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("STATUS:CONFIRMED\r\n", calendar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nb", "Bestilt: mandag 30. mars 2026, 09:00, Servicetorget")]
    [InlineData("uk", "Запис підтверджено: понеділок, 30 березня 2026")]
    [InlineData("ar", "تم الحجز: الاثنين")]
    public void It_is_in_the_language_of_the_booking(string language, string subject) =>
        Assert.StartsWith(subject, BookingLetters.Of(LetterPurpose.Confirmed, Service, Booking(language), Link).Subject, StringComparison.Ordinal);

    [Fact]
    public void A_cancellation_takes_it_out_of_the_calendar_and_asks_for_nothing()
    {
        Letter letter = BookingLetters.Of(LetterPurpose.Cancelled, Service, Booking("en") with { State = BookingState.Cancelled, Moves = 2 }, "");
        string calendar = Encoding.UTF8.GetString(letter.File);

        Assert.StartsWith("Cancelled:", letter.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("passport\n", letter.Body, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:3\r\n", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("URL:", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_operator_moves_keeps_its_link_which_nobody_at_the_office_knows()
    {
        Letter letter = BookingLetters.Of(LetterPurpose.Moved, Service, Booking("en") with { Moves = 1 }, "");

        Assert.Contains("The link in your first mail stays the same.", letter.Body, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", Encoding.UTF8.GetString(letter.File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_in_no_mail_because_the_outbox_is_not_the_table_of_names() =>
        Assert.DoesNotContain("Nordmann", BookingLetters.Of(LetterPurpose.Reminder, Service, Booking("en"), "").Body, StringComparison.Ordinal);

    private static OfferedService Service => new OfferedBranch(1, new BranchOffer
    {
        Revision = 1, Branch = "demo", Languages = ["nb", "en", "uk", "ar"], TimeZone = "Europe/Oslo",
        Name = new Dictionary<string, string> { ["nb"] = "Servicetorget", ["en"] = "The service centre" }, Address = new Dictionary<string, string> { ["nb"] = "Storgata 1" },
        Services =
        [
            new()
            {
                Service = "passport", Name = new Dictionary<string, string> { ["en"] = "Passports", ["nb"] = "Pass" },
                Notes = new Dictionary<string, string> { ["en"] = "Your old passport\r\nA photograph" },
            },
        ],
    }).Service("passport")!;

    private static BookingRow Booking(string language) => new(
        17, 1, "1234567", "passport", At, At + 1_800_000, 1, BookingState.Booked, 0, language, 0, 1_000, 2_000, "Kari Nordmann");
}
