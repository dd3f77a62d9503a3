using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Sms;

/// <summary>Messages to and from phones: through the real Kannel, and a provider that dies at the worst moment.</summary>
public sealed class SmsTests
{
    private const string Phone = "+4791234567";

    [Fact]
    public async Task Who_books_gets_one_message_through_Kannel_asks_cancels_and_wants_no_more()
    {
        int port = FreePorts.Take(1)[0];
        await using KannelUnderTest kannel = await KannelUnderTest.StartAsync(port);
        // Kannel must know where the cloud is before the cloud knows its port: something of the test's own stands between them.
        await using var door = new Door(port);
        var settings = new Dictionary<string, string>(kannel.Settings) { ["sms:callbackUrl"] = $"http://127.0.0.1:{port}" };
        await using BookableCloud cloud = await BookableCloud.StartAsync(more: settings);
        door.LeadTo(cloud.Cloud.Port);

        string link = await cloud.BookAsync(phone: Phone);
        string confirmation = await SaysAsync(kannel, 1, "Booked:");
        Assert.StartsWith("2000 " + Phone + " text ", confirmation, StringComparison.Ordinal);
        Assert.Contains(link, confirmation, StringComparison.Ordinal);
        await Eventually.Is(() => Count(cloud, "select count(*) from sms where state = 'delivered' and purpose = 'confirmation'") == 1, "the delivery report came", 20);

        await kannel.WriteAsync(Phone, "status");
        Assert.Contains("You are booked", await SaysAsync(kannel, 2, "You are booked"), StringComparison.Ordinal);
        await kannel.WriteAsync(Phone, "STOP");
        await SaysAsync(kannel, 3, "You get no more messages");
        await kannel.WriteAsync(Phone, "STATUS");
        await SaysAsync(kannel, 4, "You get no more messages");
        await kannel.WriteAsync(Phone, "hello");
        await Eventually.Is(() => Count(cloud, "select count(*) from sms where state = 'dropped'") == 1, "nothing else is answered", 20);
        await kannel.WriteAsync(Phone, "start");
        await SaysAsync(kannel, 5, "You get messages again");
        await kannel.WriteAsync(Phone, "Cancel!");
        await SaysAsync(kannel, 6, "Your booking is cancelled");
        Assert.Contains("The booking is cancelled", (await cloud.NewPerson().GetAsync(link + "?lang=en")).Text, StringComparison.Ordinal);

        // The reminder waits; the month has its cost; no text and no number is kept with the messages.
        Assert.Equal(1, Count(cloud, "select count(*) from sms where purpose = 'reminder' and state = 'waiting'"));
        await Eventually.Is(() => Count(cloud, "select count(*) from sms where text <> '' and state <> 'waiting'") == 0, "no text of a message that has left is kept", 20);
        await cloud.Cloud.SignInAsync();
        string page = await cloud.Cloud.GetAsync("/sms");
        Assert.Contains("EUR</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("91234567", page, StringComparison.Ordinal);
        Assert.Equal(6, kannel.Received.Count);

        // A long one arrives whole, whatever is at its end, a link for instance.
        await OfficeAccount.RunAsync(
            cloud.Cloud.Database,
            $"""
            insert into sms(purpose, subject, person, language, text, zone, urgent, state, fault, tries, next_at, until, parts, cost, report, made_at, changed_at, month)
            select 'ready', 'long', max(id), 'en', '{new string('x', 700)} the-end', 'UTC', 1, 'waiting', '', 0, 0, 9999999999999, 0, 0, 'nobody-guesses', 0, 0, '' from person where phone = '{Phone[1..]}'
            """);
        await Eventually.Is(() => kannel.Received.Count == 11 && kannel.Received.Any(r => r.EndsWith("the-end", StringComparison.Ordinal)), "its five parts arrive", 20);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_kill_between_the_intent_and_the_answer_makes_a_message_uncertain_and_never_two(string kind)
    {
        await using var provider = new Provider();
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, new Dictionary<string, string>
        {
            ["sms:provider"] = "http", ["sms:url"] = provider.Url, ["sms:body"] = "{\"to\":\"{to}\",\"text\":\"{text}\",\"report\":\"{report}\"}", ["sms:answerSeconds"] = "2",
        });

        await cloud.BookAsync(phone: Phone);
        await Eventually.Is(() => provider.Requests.Count == 1, "the provider has the message in hand", 20);
        cloud.Cloud.Kill();
        provider.Answers = true;
        await cloud.Cloud.StartAgainAsync();

        await Eventually.Is(() => Count(cloud, "select count(*) from sms where state = 'uncertain'") == 1, "it is uncertain", 20);
        Assert.Single(provider.Requests);
        await cloud.Cloud.SignInAsync();
        Assert.Contains("Send again", await cloud.Cloud.GetAsync("/sms"), StringComparison.Ordinal);
        // A person says so: once more.
        long id = Count(cloud, "select id from sms where state = 'uncertain'");
        using HttpResponseMessage again = await cloud.Cloud.Http.PostAsync($"/sms/{id}/again", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        await Eventually.Is(() => Count(cloud, "select count(*) from sms where state = 'sent'") == 1, "it was sent again", 20);
        Assert.Equal(2, provider.Requests.Count);
        Assert.Contains(Phone, provider.Requests.First(), StringComparison.Ordinal);
    }

    private static long Count(BookableCloud cloud, string sql) => CloudAccounts.Scalar(cloud.Cloud.Database, sql);

    private static async Task<string> SaysAsync(KannelUnderTest kannel, int count, string beginning)
    {
        await Eventually.Is(() => kannel.Received.Count >= count, $"phones get message {count}, '{beginning}…'; they have: {string.Join(" | ", kannel.Received)}", 20);
        Assert.Contains(beginning, kannel.Received[count - 1], StringComparison.Ordinal);
        return kannel.Received[count - 1];
    }

    /// <summary>A provider that takes a message and says nothing until it may.</summary>
    private sealed class Provider : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Provider()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/send";

        public ConcurrentQueue<string> Requests { get; } = new();

        public bool Answers { get; set; }

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                byte[] buffer = new byte[16_384];
                int read = 0;
                string text = "";
                while (!text.Contains("}", StringComparison.Ordinal) && await client.GetStream().ReadAsync(buffer.AsMemory(read)) is var more and > 0)
                {
                    read += more;
                    text = Encoding.UTF8.GetString(buffer, 0, read);
                }

                Requests.Enqueue(text.Replace("\\u002B", "+", StringComparison.Ordinal));
                if (Answers)
                {
                    await client.GetStream().WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                }
                else
                {
                    await Task.Delay(TimeSpan.FromSeconds(30));
                }
            }
        }
    }
}
