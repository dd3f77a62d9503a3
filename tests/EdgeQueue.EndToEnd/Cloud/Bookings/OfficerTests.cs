using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>Officers' calendars over the web: chosen by customers, looked at and redirected at head office.</summary>
public sealed partial class OfficerTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Of_50_who_want_the_same_officer_at_the_same_time_one_gets_it_and_50_more_with_anyone_get_the_other_one(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, offers: Offers);
        long slot = (await cloud.NewPerson().SlotsAsync("passport"))[0];

        Assert.Equal(1, await WinnersAsync(cloud, slot, "anna"));
        Assert.Equal(1, await WinnersAsync(cloud, slot, ""));

        Assert.Equal(2, CloudAccounts.Scalar(cloud.Cloud.Database, "select count(distinct officer) from booking_officer_place"));
        Assert.DoesNotContain(slot, await cloud.NewPerson().SlotsAsync("passport"));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Of_50_who_want_an_officer_for_half_an_hour_and_50_who_want_the_second_quarter_of_it_for_something_else_one_gets_it(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, offers: Offers);
        IReadOnlyList<long> slots = await cloud.NewPerson().SlotsAsync("passport");
        for (int round = 0; round < 3; round++)
        {
            long slot = slots[2 * round];
            int[] winners = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? HoldsAsync(cloud, "passport", slot, "anna") : HoldsAsync(cloud, "general", slot + (15 * 60_000), "anna")));
            Assert.Equal(1, winners.Sum());
        }

        // By the rows too: nobody of whom another begins before they are over.
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from booking_officer_place where officer = 'anna'"));
        Assert.Equal(0, CloudAccounts.Scalar(
            cloud.Cloud.Database,
            "select count(*) from booking_officer_place a join booking_officer_place b on a.officer = b.officer and a.place = b.place and a.starts_at < b.starts_at and b.starts_at < a.busy_until"));
    }

    [Trait("Length", "Long")]
    [Theory]
    [InlineData("ar", 360, 740, ColorScheme.Light)]
    [InlineData("en", 1280, 900, ColorScheme.Dark)]
    public async Task A_customer_chooses_an_officer_and_head_office_sees_the_day_and_redirects_it(string language, int width, int height, ColorScheme colours)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(offers: Offers);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, BaseURL = cloud.Cloud.Url.ToString() });
        IPage page = await context.NewPageAsync();
        string date = BookableCloud.Day;
        await page.GotoAsync($"/book/demo/passport?lang={language}");
        await page.Locator(".officers a", new() { HasText = "Anna" }).ClickAsync();
        await page.Locator($"a.day[href*='day={date}']").ClickAsync();
        await Expect(page.Locator(".officers a[aria-current]")).ToHaveTextAsync("Anna Aas");
        await PictureAsync(page, $"booking-officer-{language}", width);
        await page.Locator("button[name=slot]:enabled").First.ClickAsync();
        await page.Locator("input[name=name]").FillAsync("Kari Nordmann");
        await page.Locator("input[name=phone]").FillAsync("912 34 567");
        await page.Locator("input[name=consent]").CheckAsync();
        await page.Locator("form button").First.ClickAsync();
        await Expect(page.GetByText(language == "ar" ? "مع Anna Aas" : "With Anna Aas")).ToBeVisibleAsync();
        string number = await page.Locator(".number").InnerTextAsync();

        await cloud.Cloud.SignInAsync(context);
        await page.GotoAsync($"/bookings/officers/demo?day={date}");
        ILocator booked = page.Locator(".plan li.booked");
        await Expect(booked).ToContainTextAsync(number);
        await Expect(page.Locator(".plan li.rest").First).ToContainTextAsync("12:00–12:30");
        await PictureAsync(page, $"officers-{(width < 500 ? "phone" : "dark")}", width);
        await booked.Locator("a").ClickAsync();
        // It begins on the day of the booking, and stays there for whoever else is chosen.
        await Expect(page.Locator("a.day[aria-current]")).ToHaveAttributeAsync("href", new Regex($"day={date}"));
        await page.Locator(".officers a", new() { HasText = "Boris" }).ClickAsync();
        await Expect(page.Locator("a.day[aria-current]")).ToHaveAttributeAsync("href", new Regex($"day={date}"));
        await page.Locator("button[name=slot]:enabled").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("told by SMS or mail");
        await page.GotoAsync($"/bookings/officers/demo?day={date}");
        await Expect(page.Locator("section", new() { HasText = "Boris" }).Locator("li.booked")).ToContainTextAsync(number);
        await page.GotoAsync("/audit");
        await Expect(page.GetByText(new Regex($"booking {number}: to be moved to .*, officer boris"))).ToBeVisibleAsync();
    }

    private static async Task<int> WinnersAsync(BookableCloud cloud, long slot, string officer)
    {
        int[] winners = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => HoldsAsync(cloud, "passport", slot, officer)));
        return winners.Sum();
    }

    /// <returns>1: this one got it.</returns>
    private static async Task<int> HoldsAsync(BookableCloud cloud, string service, long slot, string officer)
    {
        using HttpResponseMessage answer = await cloud.NewPerson().SendAsync(
            $"/book/demo/{service}/hold", ("slot", slot.ToString(CultureInfo.InvariantCulture)), ("lang", "en"), ("officer", officer));
        Assert.True(answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Conflict, answer.StatusCode.ToString());
        return answer.StatusCode == HttpStatusCode.SeeOther ? 1 : 0;
    }

    private static async Task PictureAsync(IPage page, string name, int width)
    {
        string folder = Pictures.Folder;
        byte[] picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        Assert.Equal(width, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16, 4)));
    }

    private static string Offers => BookableCloud.Offers(capacity: 9).Replace("\"branch\":\"demo\"", """
        "branch":"demo","officers":[
          {"officer":"anna","name":{"en":"Anna Aas"},"services":["passport","general"],"shown":true,"breaks":["12:00-12:30"]},
          {"officer":"boris","name":{"en":"Boris Berg"},"services":["passport"],"shown":true}]
        """, StringComparison.Ordinal);
}
