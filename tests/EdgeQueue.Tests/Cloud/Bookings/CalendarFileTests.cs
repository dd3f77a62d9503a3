using System.Text;
using EdgeQueue.Cloud.Bookings;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>RFC 5545.</summary>
public sealed class CalendarFileTests
{
    private static readonly CalendarEntry Entry = new(
        "booking-4711@demo.edgequeue", 2, 1_772_438_400_000, 1_772_439_300_000, 1_772_000_000_000,
        "Passports, ID; and \\ cards", "Storgata 1\nOslo", "Bring your old passport.", "https://queue.example.org/b/Zb9xQ2mT7vKc4RfLZb9xQ2");

    [Fact]
    public void Times_are_utc_and_text_is_escaped()
    {
        string[] lines = CalendarFile.Of(Entry).Split("\r\n");

        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines[..2]);
        Assert.Contains("DTSTART:20260302T080000Z", lines);
        Assert.Contains("DTEND:20260302T081500Z", lines);
        Assert.Contains("SEQUENCE:2", lines);
        Assert.Contains("SUMMARY:Passports\\, ID\\; and \\\\ cards", lines);
        Assert.Contains("LOCATION:Storgata 1\\nOslo", lines);
        Assert.Contains("STATUS:CONFIRMED", lines);
        Assert.Contains("STATUS:CANCELLED", CalendarFile.Of(Entry with { Cancelled = true }).Split("\r\n"));
        Assert.Equal(["END:VCALENDAR", ""], lines[^2..]);
    }

    [Theory]
    [InlineData("Bring your old passport and two photographs and the letter and a pencil and a book to read while you wait")]
    [InlineData("يُرجى إحضار جواز السفر القديم وصورتين شخصيتين والرسالة التي وصلتك من المكتب قبل موعدك بأسبوع واحد")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    public void No_line_is_longer_than_75_octets_no_character_is_cut_and_unfolded_it_is_the_text(string text)
    {
        string file = CalendarFile.Of(Entry with { Description = text });

        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
        Assert.Contains("DESCRIPTION:" + text + "\r\n", file.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_typed_adds_no_line() =>
        Assert.DoesNotContain("\r\nATTENDEE", CalendarFile.Of(Entry with { Summary = "x\r\nATTENDEE:mailto:a@b.example\u0007" }), StringComparison.Ordinal);
}
