using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeQueue.Tool.Claims;

namespace EdgeQueue.Tests.Identity;

/// <summary>Finding a hub on the network: the answer of a responder, as RFC 6762 and 6763 have it.</summary>
public sealed class ServiceAnswerTests
{
    [Fact]
    public void Port_and_address_are_read_through_compressed_names() =>
        Assert.Equal(new OfferedService(8884, IPAddress.Parse("192.168.1.10")), ServiceAnswer.Read(Answer(8884)));

    [Fact]
    public void A_question_is_no_answer() => Assert.Null(ServiceAnswer.Read(ServiceAnswer.Question));

    [Fact]
    public void A_name_that_points_at_itself_ends() =>
        Assert.Null(ServiceAnswer.Read([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 0, 0, 0]));

    [Fact]
    public async Task Who_answers_the_question_is_found()
    {
        using var responder = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var asked = MulticastQuestion.AskAsync((IPEndPoint)responder.Client.LocalEndPoint!, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var question = await responder.ReceiveAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ServiceAnswer.Question, question.Buffer);
        await responder.SendAsync("rubbish"u8.ToArray(), question.RemoteEndPoint, TestContext.Current.CancellationToken);
        await responder.SendAsync(Answer(9999), question.RemoteEndPoint, TestContext.Current.CancellationToken);

        Assert.Equal(("192.168.1.10", 9999), await asked);
    }

    [Theory]
    [InlineData("192.168.1.10:8884", "192.168.1.10", 8884)]
    [InlineData("hub.local", "hub.local", 8884)]
    [InlineData("[fe80::1]:99", "fe80::1", 99)]
    [InlineData(" hub:1\r", "hub", 1)]
    public void An_address_is_read_as_people_write_it(string text, string host, int port) => Assert.Equal((host, port), HubAddress.Parse(text));

    [Theory]
    [InlineData("hub:0")]
    [InlineData("hub:66000")]
    [InlineData("two words")]
    [InlineData("")]
    public void What_is_no_address_is_none(string text) => Assert.Null(HubAddress.Parse(text));

    /// <summary>PTR, SRV and A as avahi answers: the question's name once, pointers to it afterwards.</summary>
    internal static byte[] Answer(ushort port)
    {
        byte[] Label(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        var number = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, port);
        byte[] instance = [.. Label("hub"), 0xC0, 12];
        byte[] packet = [0, 0, 0x84, 0, 0, 0, 0, 3, 0, 0, 0, 0, .. Label("_edgequeue"), .. Label("_tcp"), .. Label("local"), 0];
        packet = [.. packet, 0, 12, 0, 1, 0, 0, 0, 10, 0, (byte)instance.Length, .. instance];
        byte at = (byte)(packet.Length - instance.Length);
        byte[] target = [.. Label("pi"), 0xC0, 12 + 16];
        packet = [.. packet, 0xC0, at, 0, 33, 0x80, 1, 0, 0, 0, 10, 0, (byte)(6 + target.Length), 0, 0, 0, 0, .. number, .. target];
        byte host = (byte)(packet.Length - target.Length);
        return [.. packet, 0xC0, host, 0, 1, 0x80, 1, 0, 0, 0, 10, 0, 4, 192, 168, 1, 10];
    }
}
