using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Drawing;

/// <summary>Needs libcairo2 and libpangocairo-1.0-0; the fonts are the node's own.</summary>
public sealed class TicketPictureTests
{
    private static DrawnTicket Draw(TicketContent content, int width = 576) => new TicketPicture(TicketTemplate.Default, width).Draw(content);

    [Theory]
    [InlineData("en-576")]
    [InlineData("en-384")]
    [InlineData("en-576-copy")]
    [InlineData("ru-576")]
    [InlineData("ru-384")]
    [InlineData("ar-576")]
    [InlineData("ar-384")]
    [InlineData("he-576")]
    [InlineData("th-384")]
    public void A_ticket_looks_as_it_was_approved(string name)
    {
        var parts = name.Split('-');
        var content = parts[0] switch { "ru" => Tickets.Russian, "ar" => Tickets.Arabic, "he" => Tickets.Hebrew, "th" => Tickets.Thai, _ => Tickets.English };
        var ticket = Draw(content with { IsCopy = parts.Length > 2 }, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(ticket.Faults);
        GoldenPicture.Check(name, ticket.Picture);
    }

    [Fact]
    public void The_same_ticket_is_drawn_dot_by_dot_the_same_again()
    {
        var first = Draw(Tickets.Arabic);
        Draw(Tickets.Russian, 384);
        Assert.Equal(first.Picture.Rows, Draw(Tickets.Arabic).Picture.Rows);
    }

    [Fact]
    public void Letters_that_no_font_has_are_reported_with_their_text()
    {
        var fault = Assert.Single(Draw(Tickets.English with { ServiceName = "受付" }).Faults);
        Assert.Contains("\"受付\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_stays_inside_the_paper_whatever_the_branch_writes()
    {
        var ticket = Draw(Tickets.English with
        {
            Label = "WWWW88888",
            ServiceName = string.Join(' ', Enumerable.Repeat("Straßenverkehrszulassungsbehörde", 8)),
            BranchName = new string('W', 200),
            Footer = string.Join(' ', Enumerable.Repeat("footer", 60)),
        }, 384).Picture;
        for (var y = 0; y < ticket.Height; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                Assert.False(ticket.IsBlack(x, y) || ticket.IsBlack(ticket.Width - 1 - x, y), $"ink at the edge in row {y}");
            }
        }
    }

    [Fact]
    public void What_is_not_known_takes_no_room()
    {
        var without = Draw(Tickets.English with { PeopleAhead = null, ExpectedMinutes = null, Qr = null, Footer = null });
        Assert.True(without.Picture.Height < Draw(Tickets.English).Picture.Height - 300);
    }

    [Fact]
    public void A_QR_text_that_does_not_fit_the_paper_is_reported_and_the_ticket_is_drawn_without()
    {
        var wide = Draw(Tickets.English with { Qr = "https://q.example.no/" + new string('x', 700) }, 384);
        Assert.Contains("Shorten", Assert.Single(wide.Faults), StringComparison.Ordinal);
        var impossible = Draw(Tickets.English with { Qr = new string('x', 9000) });
        Assert.Contains("9000 characters", Assert.Single(impossible.Faults), StringComparison.Ordinal);
        Assert.Equal(Draw(Tickets.English with { Qr = null }).Picture.Rows, impossible.Picture.Rows);
    }

    [Theory]
    [InlineData("משרד הבוחנים")]
    [InlineData("แผนกทะเบียน")]
    [InlineData("पंजीकरण कार्यालय")]
    [InlineData("নিবন্ধন")]
    [InlineData("பதிவு")]
    [InlineData("Գրանցում")]
    [InlineData("რეგისტრაცია")]
    [InlineData("ምዝገባ")]
    [InlineData("ការចុះឈ្មោះ")]
    [InlineData("ລົງທະບຽນ")]
    [InlineData("ලියාපදිංචිය")]
    [InlineData("નોંધણી")]
    [InlineData("ਰਜਿਸਟ੍ਰੇਸ਼ਨ")]
    [InlineData("నమోదు")]
    [InlineData("ನೋಂದಣಿ")]
    [InlineData("രജിസ്ട്രേഷൻ")]
    [InlineData("မှတ်ပုံတင်")]
    public void Scripts_from_Hebrew_to_Burmese_have_their_letters(string service) =>
        Assert.Empty(Draw(Tickets.English with { ServiceName = service }).Faults);

    [Fact]
    public void A_branch_orders_the_lines_as_it_likes()
    {
        var (template, faults) = TicketTemplate.Parse(["label 120 start", "rule", "time 24 end"]);
        Assert.Empty(faults);
        var picture = new TicketPicture(template!, 576).Draw(Tickets.English).Picture;
        Assert.InRange(picture.Height, 120, 220);
        GoldenPicture.Check("own-template", picture);
    }

    [Fact]
    public void All_the_faults_of_a_template_are_said_at_once()
    {
        var (template, faults) = TicketTemplate.Parse(["label 4000", "picture", "time 24 middle"]);
        Assert.Null(template);
        Assert.Equal(3, faults.Length);
        Assert.Contains("\"middle\"", faults[2], StringComparison.Ordinal);
        Assert.Contains("nobody would know", Assert.Single(TicketTemplate.Parse(["time"]).Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(380)]
    public void An_impossible_paper_width_is_refused_with_what_to_correct(int width) =>
        Assert.Contains("widthDots", Assert.Throws<DrawingUnavailableException>(() => Draw(Tickets.English, width)).Message, StringComparison.Ordinal);
}
