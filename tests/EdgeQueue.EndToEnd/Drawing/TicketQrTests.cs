using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Drawing;

/// <summary>The QR code on the ticket's picture is read by a decoder of somebody else (ZBar).</summary>
public sealed class TicketQrTests
{
    [Theory]
    [InlineData(576)]
    [InlineData(384)]
    public void A_phone_reads_the_code_on_the_ticket(int width)
    {
        foreach (var content in new[] { Tickets.English, Tickets.Russian, Tickets.Arabic })
        {
            var picture = new TicketPicture(TicketTemplate.Default, width).Draw(content).Picture;
            Assert.Equal(content.Qr, QrCode.Read(picture));
        }
    }

    [Fact]
    public void A_long_text_is_still_read_from_narrow_paper()
    {
        var content = Tickets.English with { Qr = "https://q.example.no/branches/oslo-sentrum/tickets/A042?k=" + new string('7', 120) };
        Assert.Equal(content.Qr, QrCode.Read(new TicketPicture(TicketTemplate.Default, 384).Draw(content).Picture));
    }

    [Fact]
    public void A_ticket_without_a_code_has_nothing_to_read() =>
        Assert.Equal("", QrCode.Read(new TicketPicture(TicketTemplate.Default, 576).Draw(Tickets.English with { Qr = null }).Picture));
}
