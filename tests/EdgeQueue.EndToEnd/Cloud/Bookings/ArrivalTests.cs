using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>"I am here": checking in by the booking's page at a real hub, near the branch and from afar.</summary>
[Trait("Length", "Long")]
public sealed partial class ArrivalTests
{
    [Fact]
    public async Task Who_is_near_checks_in_by_the_link_and_who_is_far_is_told_so_and_their_place_is_kept_nowhere()
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        var settings = new Dictionary<string, string>(CloudStage.SettingsOf(broker)) { ["mobile:branches"] = "*" };
        await using BookableCloud cloud = await BookableCloud.StartAsync("sqlite", settings, Offers);
        string link = await BookAsync(cloud, "98765432");
        string later = await BookAsync(cloud, "98765433");
        BookableCloud.Person person = cloud.NewPerson();

        using HttpResponseMessage page = await cloud.Cloud.Http.GetAsync(link + "?lang=en", TestContext.Current.CancellationToken);
        string text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("I am here", text, StringComparison.Ordinal);
        Assert.Contains("<noscript>", text, StringComparison.Ordinal);
        Assert.Contains("geolocation=(self)", page.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        using HttpResponseMessage other = await cloud.Cloud.Http.GetAsync($"/book/{Broker.Branch}", TestContext.Current.CancellationToken);
        Assert.Contains("geolocation=()", other.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);

        // Two kilometres to the north, however vague the phone is; no place at all; and nonsense.
        foreach ((string latitude, string accuracy, string sentence) in new[] { ("59.9312", "5000", "2.0 km away"), ("59.9312", "10", "2.0 km away"), ("", "", "did not say where it is"), ("NaN", "NaN", "did not say where it is") })
        {
            (HttpStatusCode status, string answer) = await HereAsync(person, link, latitude, accuracy);
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains(sentence, answer, StringComparison.Ordinal);
        }

        string label = "";
        await Eventually.IsAsync(
            async () =>
            {
                // Until the hub has told that it is there, and was told the booking.
                (HttpStatusCode status, string answer) = await HereAsync(person, link, "59.9140", "30");
                label = Label().Match(answer).Groups[1].Value;
                return status == HttpStatusCode.OK && answer.Contains("You have checked in", StringComparison.Ordinal) && answer.Contains("href=\"/t/", StringComparison.Ordinal);
            },
            "checked in");
        // Pressed again: a slow hub is waited for, and another number would never become this one.
        await Eventually.IsAsync(async () => Label().Match((await HereAsync(person, link, "59.9140", "30")).Text).Groups[1].Value == label, "the same ticket");
        string journal = string.Join('\n', await hub.ExportAsync());
        Assert.Single(CheckedIn().Matches(journal));
        Assert.DoesNotContain("59.914", journal + cloud.Cloud.Log, StringComparison.Ordinal);

        label = await InABrowserAsync(cloud, later);
        Assert.Matches("^[A-Z][0-9]+$", label);

        hub.Kill();
        await Eventually.IsAsync(
            async () => (await HereAsync(person, later, "59.9140", "30")).Text.Contains("cannot be reached", StringComparison.Ordinal), "the branch is away");
    }

    /// <summary>On a phone that says where it is.</summary>
    private static async Task<string> InABrowserAsync(BookableCloud cloud, string link)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 360, Height = 740 }, BaseURL = cloud.Cloud.Url.ToString(), Permissions = ["geolocation"], Geolocation = new() { Latitude = 59.9135f, Longitude = 10.7390f, Accuracy = 20 },
        });
        IPage page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(link + "?lang=ar");
        await Expect(page.Locator(".here button")).ToBeVisibleAsync();
        await PictureAsync(page, "booking-here-ar");
        await page.Locator(".here button").ClickAsync();
        await Expect(page.Locator("a[href^='/t/']")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await PictureAsync(page, "booking-checked-in-ar");
        string label = await page.Locator(".number").InnerTextAsync();
        await page.Locator("a[href^='/t/']").ClickAsync();
        await Expect(page.GetByText(label).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Empty(complaints);
        return label;
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        await Pictures.TakeAsync(page, name);
    }

    private static async Task<(HttpStatusCode Status, string Text)> HereAsync(BookableCloud.Person person, string link, string latitude, string accuracy)
    {
        using HttpResponseMessage answer = await person.SendAsync(link + "/here?lang=en", ("latitude", latitude), ("longitude", "10.7390"), ("accuracy", accuracy));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Offers => BookableCloud.Offers(capacity: 2).Replace(
        "\"branch\":\"demo\"", $$"""
        "branch":"{{Broker.Branch}}","checkIn":{"latitude":59.9133,"longitude":10.7390,"radiusMetres":150}
        """, StringComparison.Ordinal);

    /// <summary>One of the next slots: they can be checked in already.</summary>
    private static async Task<string> BookAsync(BookableCloud cloud, string phone)
    {
        BookableCloud.Person person = cloud.NewPerson();
        (_, string page) = await person.GetAsync($"/book/{Broker.Branch}/general?lang=en");
        using HttpResponseMessage held = await person.SendAsync($"/book/{Broker.Branch}/general/hold", ("slot", Slot().Match(page).Groups[1].Value), ("lang", "en"));
        string link = held.Headers.Location!.OriginalString;
        using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari Nordmann"), ("phone", phone), ("consent", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        return link;
    }

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex Slot();

    [GeneratedRegex("""class="number" dir="ltr">([A-Z]\d+)<""")]
    private static partial Regex Label();

    [GeneratedRegex("\"bookingCheckedIn\"", RegexOptions.IgnoreCase)]
    private static partial Regex CheckedIn();
}
