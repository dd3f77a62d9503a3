using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Cloud.Joining;

/// <summary>What customers meet from outside the branch, from their phones to the counter and back: nothing between is played but the phone network and the keys.</summary>
public sealed partial class FromOutsideTests(OutsideStage stage) : IClassFixture<OutsideStage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_writes_JOIN_gets_a_number_hears_when_it_is_near_and_where_to_come()
    {
        const string Phone = "+4790000001";
        string first = (await stage.Dispenser.TicketAsync()).Ticket!.Label;
        string second = (await stage.Dispenser.TicketAsync()).Ticket!.Label;

        await stage.Kannel.WriteAsync(Phone, "JOIN nosuch");
        await stage.GetsAsync(Phone, "Write JOIN and one of:");
        await stage.Kannel.WriteAsync(Phone, "join General centre");
        string told = await stage.GetsAsync(Phone, "Your ticket is ");
        string mine = Ticket().Match(told).Groups[1].Value;
        Assert.Equal(3, new HashSet<string>([first, second, mine]).Count);
        await stage.Kannel.WriteAsync(Phone, "JOIN general");
        await stage.GetsAsync(Phone, $"You have a ticket already: {mine}");
        // What the branch tells the cloud of its queue is a moment old.
        await Eventually.IsAsync(async () => (await stage.Cloud.Cloud.GetAsync(Link().Match(told).Value + "?lang=en")).Contains("2 before you", StringComparison.Ordinal), "the cloud knows the place");
        await stage.Kannel.WriteAsync(Phone, "STATUS");
        await stage.GetsAsync(Phone, $"{mine}: 2 before you");

        await stage.AtCounterAsync(v => new CallNext("c1", v, default));
        await stage.AtCounterAsync(v => new Arrive("c1", v, default));
        await stage.AtCounterAsync(v => new CallNext("c1", v, default));
        await stage.GetsAsync(Phone, $"{mine}: your turn is near");
        await stage.AtCounterAsync(v => new Arrive("c1", v, default));
        Assert.Equal(mine, (await stage.AtCounterAsync(v => new CallNext("c1", v, default))).Label);
        await stage.GetsAsync(Phone, $"{mine}: please come to counter 1");
        await stage.AtCounterAsync(v => new Arrive("c1", v, default));
        await stage.AtCounterAsync(v => new Finish("c1", v, [], null, [], default));

        // Somebody else, who changes their mind.
        const string Other = "+4790000002";
        await stage.Kannel.WriteAsync(Other, "JOIN general");
        string left = Ticket().Match(await stage.GetsAsync(Other, "Your ticket is ")).Groups[1].Value;
        await stage.Kannel.WriteAsync(Other, "CANCEL");
        await stage.GetsAsync(Other, $"{left} is given up");

        // Each purpose once, and one ticket for each.
        foreach (string purpose in (string[])["joined", "near", "call"])
        {
            Assert.Equal(1, Count($"select count(*) from sms where purpose = '{purpose}' and subject in (select 'ticket:' || id from join_ticket where label = '{mine}')"
                + $" or purpose = '{purpose}' and subject like (select 'ticket:' || id || ':%' from join_ticket where label = '{mine}')"));
        }

        Assert.Equal(2, Count("select count(*) from join_ticket where channel = 'sms'"));
        Assert.DoesNotContain("4790000001", string.Join('\n', await stage.Hub.ExportAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_on_the_web_needs_no_paper_can_wait_and_be_given_up()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = stage.Cloud.Cloud.Url };
        string path = $"/join/{Broker.Branch}";
        await Eventually.IsAsync(async () => (await browser.GetAsync(path, Stop)).StatusCode == HttpStatusCode.OK, "the branch is known");
        string page = await browser.GetStringAsync(path + "?lang=en", Stop);
        Assert.Contains("What do you come for?", page, StringComparison.Ordinal);
        Assert.Contains("value=\"general\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/privacy?lang=en\"", page, StringComparison.Ordinal);
        Assert.Contains("(a cookie, 24 hours)", await browser.GetStringAsync("/privacy?lang=en", Stop), StringComparison.Ordinal);

        async Task<string> TakeAsync()
        {
            using HttpResponseMessage taken = await browser.PostAsync(path, new FormUrlEncodedContent([new("service", "general"), new("lang", "en")]), Stop);
            Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
            string? link = null;
            await Eventually.IsAsync(async () => (link = (await browser.GetAsync(path + "/ticket", Stop)).Headers.Location?.OriginalString)?.StartsWith("/t/", StringComparison.Ordinal) == true, "there is a ticket to follow");
            return link!.Split('?')[0];
        }

        const string OnTheWeb = "select count(*) from join_ticket where channel = 'web'";
        long before = Count(OnTheWeb);
        string ticket = await TakeAsync();
        // Pressed again it is the same one.
        Assert.Equal(ticket, await TakeAsync());
        await Eventually.IsAsync(async () => (await browser.GetStringAsync(ticket + "?lang=en", Stop)).Contains("I need 10 more minutes", StringComparison.Ordinal), "the page knows the ticket");
        Assert.Equal("more", await WishAsync(browser, ticket, "more"));
        await Eventually.IsAsync(async () => (await browser.GetStringAsync(ticket + "?lang=en", Stop)).Contains("Back in the queue at", StringComparison.Ordinal), "the page says until when");
        Assert.Contains(await WishAsync(browser, ticket, "more"), (string[])["called", "had"]);
        Assert.Equal("left", await WishAsync(browser, ticket, "leave"));
        await Eventually.IsAsync(async () => (await browser.GetStringAsync(ticket + "?lang=en", Stop)).Contains("You have left the queue", StringComparison.Ordinal), "it is over");
        Assert.Equal(before + 1, Count(OnTheWeb));

        // One without a session takes nothing, and a service that is none neither.
        using HttpResponseMessage strange = await browser.PostAsync(path, new FormUrlEncodedContent([new("service", "nosuch")]), Stop);
        Assert.Equal(HttpStatusCode.Conflict, strange.StatusCode);
        using HttpResponseMessage nowhere = await browser.GetAsync("/join/elsewhere", Stop);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_phone_that_follows_its_ticket_sees_its_place_is_called_by_sound_and_vibration_and_asked_how_it_was()
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext phone = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, BaseURL = stage.Cloud.Cloud.Url.ToString(), Locale = "en" });
        // What a phone does with it: how often it vibrates, and how many tones begin.
        await phone.AddInitScriptAsync("""
            window.felt = 0; window.heard = 0;
            navigator.vibrate = () => { window.felt++; return true; };
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (at) { window.heard++; start.call(this, at); };
            """);
        IPage page = await phone.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await Eventually.IsAsync(async () => (await page.GotoAsync($"/join/{Broker.Branch}?lang=en"))!.Ok, "the branch is known");
        await page.Locator("button[value=general]").ClickAsync();
        await Expect(page.Locator(".myticket h1")).ToHaveTextAsync("You are next", new() { Timeout = 60_000 });
        string label = await page.Locator(".myticket .label").InnerTextAsync();
        await Expect(page.Locator(".wishes")).ToBeVisibleAsync();
        await page.Locator("[data-bell]").ClickAsync();
        await LooksWellAsync(page, "ticket-waiting");

        // Nobody loads the page again: the branch calls, and the phone says so, once.
        await stage.AtCounterAsync(v => new CallTicket("c1", v, label, default));
        await Expect(page.Locator(".myticket h1")).ToHaveTextAsync("Please come to counter 1", new() { Timeout = 60_000 });
        await Expect(page.Locator(".wishes")).ToBeHiddenAsync();
        Assert.Equal((1, 4), (await page.EvaluateAsync<int>("() => window.felt"), await page.EvaluateAsync<int>("() => window.heard")));
        await LooksWellAsync(page, "ticket-called");
        await stage.AtCounterAsync(v => new Arrive("c1", v, default));
        await Expect(page.Locator(".myticket h1")).ToHaveTextAsync("You are at counter 1", new() { Timeout = 60_000 });
        await Expect(page.Locator(".wishes")).ToBeHiddenAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.felt"));
        await stage.AtCounterAsync(v => new Finish("c1", v, [], null, [], default));

        await Expect(page.Locator("legend")).ToHaveTextAsync("How was it?", new() { Timeout = 60_000 });
        await LooksWellAsync(page, "ticket-question");
        await page.Locator("label:has(input[value='4'])").ClickAsync();
        await page.Locator("textarea").FillAsync("From the browser");
        await page.Locator("form button").ClickAsync();
        await Expect(page.GetByText("Thank you for your answer.")).ToBeVisibleAsync();
        Assert.Equal(1, Count("select count(*) from survey_answer where score = 4 and comment = 'From the browser'"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Booked_on_the_web_told_by_SMS_checked_in_without_the_cloud_called_and_asked_how_it_was()
    {
        const string Phone = "+4790000003";
        BookableCloud.Person person = stage.Cloud.NewPerson();
        string slot = Slot().Match((await person.GetAsync($"/book/{Broker.Branch}/general?lang=en")).Text).Groups[1].Value;
        using HttpResponseMessage held = await person.SendAsync($"/book/{Broker.Branch}/general/hold", ("slot", slot), ("lang", "en"));
        string link = held.Headers.Location!.OriginalString;
        using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari Nordmann"), ("phone", Phone), ("consent", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        string number = Number().Match(await stage.GetsAsync(Phone, "Booked:")).Groups[1].Value;
        await Eventually.IsAsync(async () => (await stage.Hub.ExportAsync()).Any(e => e.Contains("bookingPlaced", StringComparison.Ordinal) && e.Contains(number, StringComparison.Ordinal)), "the hub holds the booking");
        long served = Accounts().Served;

        stage.Cloud.Cloud.Kill();
        string press = TestUnit.NewId();
        ReplyMessage came = TestUnit.Read(await stage.Dispenser.SendAsync(TestUnit.Envelope(press, new CheckIn(press, CheckInBy.Number, number, null, default))));
        Assert.True(came.Ticket is not null, came.Refusal?.Sentence);
        Assert.Equal(came.Ticket!.Label, (await stage.AtCounterAsync(v => new CallNext("c1", v, default))).Label);
        await stage.AtCounterAsync(v => new Arrive("c1", v, default));
        await stage.AtCounterAsync(v => new Finish("c1", v, [], null, [], default));
        await stage.Cloud.Cloud.StartAgainAsync();

        string ticket = "/t/" + TicketSecret.Of(press);
        await Eventually.IsAsync(async () => (await stage.Cloud.Cloud.GetAsync(ticket)).Contains("How was it?", StringComparison.Ordinal), "the question is asked");
        using HttpResponseMessage answered = await stage.Cloud.Cloud.Http.PostAsync(ticket + "/survey", new FormUrlEncodedContent([new("score", "5"), new("comment", "As booked")]), Stop);
        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        await stage.Cloud.Cloud.SignInAsync();
        Assert.Contains("As booked", await stage.Cloud.Cloud.GetAsync("/survey"), StringComparison.Ordinal);
        Assert.Equal(served + 1, Accounts().Served);
        Assert.True(Accounts().IsSound, Accounts().ToString());
        Assert.Equal(1, Count($"select count(*) from booking where number = '{number}' and state = 'arrived'"));
    }

    /// <summary>Nothing stands out at the side, and the picture is there to be looked at.</summary>
    private static async Task LooksWellAsync(IPage page, string name)
    {
        await Pictures.TakeAsync(page, name);
        Assert.Equal(await page.EvaluateAsync<int>("() => document.documentElement.clientWidth"), await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private static async Task<string> WishAsync(HttpClient browser, string ticket, string wish)
    {
        string press = Press().Match(await browser.GetStringAsync(ticket + "?lang=en", Stop)).Groups[1].Value;
        using HttpResponseMessage done = await browser.PostAsync($"{ticket}/{wish}", new FormUrlEncodedContent([new("press", press.Length > 0 ? press : "p"), new("lang", "en")]), Stop);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        return Said().Match(done.Headers.Location!.OriginalString).Groups[1].Value;
    }

    private long Count(string sql) => CloudAccounts.Scalar(stage.Cloud.Cloud.Database, sql);

    private CloudAccounts Accounts() => CloudAccounts.Read(stage.Cloud.Cloud.Database);

    [GeneratedRegex(@"Your ticket is ([A-Z]\d+)")]
    private static partial Regex Ticket();

    [GeneratedRegex("/t/[A-Za-z0-9_-]{22}")]
    private static partial Regex Link();

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex Slot();

    [GeneratedRegex(@"Number (\d{7})")]
    private static partial Regex Number();

    [GeneratedRegex("""name="press" value="([0-9a-f]+)""")]
    private static partial Regex Press();

    [GeneratedRegex(@"said=(\w+)")]
    private static partial Regex Said();
}
