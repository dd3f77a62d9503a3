using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.MobileTicket;

/// <summary>A ticket is followed on a phone: a real hub, a real cloud, the page's own stream.</summary>
public sealed class MobileTicketTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task The_link_on_a_ticket_shows_the_place_the_call_and_the_question_and_nobody_guesses_it(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, new Dictionary<string, string>(CloudStage.SettingsOf(broker)) { ["mobile:branches"] = "*" });
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(hub.Configuration, TestContext.Current.CancellationToken))!;
        configuration["revision"] = 2;
        configuration["ticketLink"] = "/t/{secret}";
        await File.WriteAllTextAsync(hub.Configuration, configuration.ToJsonString(), TestContext.Current.CancellationToken);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);

        TicketResult first = (await dispenser.TicketAsync()).Ticket!;
        string press = TestUnit.NewId();
        string link = "/t/" + TicketSecret.Of(press);
        // Opened before the branch has reported it: it waits.
        Assert.Contains("is not known here yet", await cloud.GetAsync(link), StringComparison.Ordinal);
        using var stream = new Stream(await cloud.Http.GetStreamAsync(link + "/live", TestContext.Current.CancellationToken));
        await stream.SaysAsync("is not known here yet");

        ReplyMessage taken = await dispenser.DoAsync(new IssueTicket(press, "general", null, null, null, default));
        await stream.SaysAsync(taken.Ticket!.Label);
        await stream.SaysAsync("1 before you");
        await Eventually.IsAsync(async () => (await dispenser.TicketAsync("advice")).Ticket!.Link.StartsWith("/t/", StringComparison.Ordinal), "the hub takes the new configuration");

        long version = (await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Counter!.Version;
        async Task DoAsync(Func<long, Command> command)
        {
            ReplyMessage reply = await keypad.DoAsync(command(version));
            Assert.True(reply.Refusal is null, reply.Refusal?.Sentence);
            version = reply.Counter!.Version;
        }

        await DoAsync(v => new CallNext("c1", v, default));
        await stream.SaysAsync("You are next");
        await DoAsync(v => new Arrive("c1", v, default));
        await DoAsync(v => new CallNext("c1", v, default));
        await stream.SaysAsync("Please come to counter 1");
        await DoAsync(v => new Arrive("c1", v, default));
        await stream.SaysAsync("You are at counter 1");
        await DoAsync(v => new Finish("c1", v, [], null, [], default));
        await stream.SaysAsync("Thank you for coming");

        Assert.Contains("How was it?", await cloud.GetAsync(link), StringComparison.Ordinal);
        for (int times = 0; times < 2; times++)
        {
            using HttpResponseMessage answered = await cloud.Http.PostAsync(
                link + "/survey", new FormUrlEncodedContent([new("score", times == 0 ? "4" : "1"), new("comment", "Friendly <b>people</b>"), new("lang", "uk")]), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
            // In the language in which they read the question.
            Assert.Equal(link + "?lang=uk", answered.Headers.Location!.OriginalString);
        }

        Assert.Contains("Thank you for your answer", await cloud.GetAsync(link), StringComparison.Ordinal);
        await cloud.SignInAsync();
        string survey = await cloud.GetAsync("/survey");
        Assert.Contains("4.0", survey, StringComparison.Ordinal);
        Assert.Contains("Friendly &lt;b&gt;people", survey, StringComparison.Ordinal);
        // Neither the label nor the number of a visit leads anywhere, and a wrong secret tells nothing.
        string unknown = await cloud.GetAsync("/t/" + TicketSecret.Of(TestUnit.NewId()) + "?lang=ar");
        Assert.DoesNotContain(first.Label, unknown, StringComparison.Ordinal);
        Assert.Contains("href=\"/privacy?lang=ar\"", unknown, StringComparison.Ordinal);
        foreach (string guess in new[] { first.Label, "1", press, "x" })
        {
            using HttpResponseMessage nothing = await cloud.Http.GetAsync("/t/" + guess, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }

        Assert.Equal(0, CloudAccounts.Scalar(cloud.Database, $"select count(*) from mobile_ticket where secret_hash = '{TicketSecret.Of(press)}'"));
    }

    /// <summary>What the page's script hears.</summary>
    private sealed class Stream(System.IO.Stream events) : IDisposable
    {
        private readonly StreamReader _lines = new(events, Encoding.UTF8);
        private readonly StringBuilder _heard = new();
        private string _last = "";

        /// <summary>Reads on until it has been said, unless the last line said it too.</summary>
        public async Task SaysAsync(string sentence)
        {
            if (_last.Contains(sentence, StringComparison.Ordinal))
            {
                return;
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                while (await _lines.ReadLineAsync(patience.Token) is { } line)
                {
                    _heard.AppendLine(line);
                    _last = line;
                    if (line.Contains(sentence, StringComparison.Ordinal))
                    {
                        return;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Said below.
            }

            Assert.Fail($"'{sentence}' was not said; heard:\n{_heard}");
        }

        public void Dispose() => _lines.Dispose();
    }
}
