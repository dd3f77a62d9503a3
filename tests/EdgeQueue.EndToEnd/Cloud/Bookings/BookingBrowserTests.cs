using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>Booking in a real Chromium with scripts switched off: on a phone from right to left, and at a desk in the dark.</summary>
/// <remarks>The pictures go into <c>artifacts/pictures</c>, or where the variable EDGEQUEUE_PICTURES says.</remarks>
public sealed class BookingBrowserTests
{
    [Theory]
    [InlineData("ar", 360, 740, ColorScheme.Light)]
    [InlineData("en", 1280, 900, ColorScheme.Dark)]
    public async Task Somebody_books_moves_and_cancels_without_scripts(string language, int width, int height, ColorScheme colours)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new()
        {
            JavaScriptEnabled = false, ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, BaseURL = cloud.Cloud.Url.ToString(),
        });
        IPage page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
            {
                complaints.Add($"{answer.Status} {answer.Url}");
            }
        };

        await page.GotoAsync($"/book?lang={language}");
        await page.Locator("a.row").ClickAsync();
        await page.Locator("a.row").First.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await page.Locator("a.day").Nth(1).ClickAsync();
        await LooksWellAsync(page, width, $"booking-times-{language}");
        await page.Locator("button[name=slot]:enabled").First.ClickAsync();
        // Labels are tied to their fields: found as a person with a screen reader finds them.
        await page.Locator("label input[name=name]").FillAsync("Kari Nordmann");
        await page.Locator("label input[name=phone]").FillAsync("912 34 567");
        await page.Locator("input[name=consent]").CheckAsync();
        await LooksWellAsync(page, width, $"booking-form-{language}");
        await page.Locator("form button").First.ClickAsync();
        await Expect(page.Locator(".number")).ToHaveTextAsync(new Regex("^[0-9]{7}$"));
        await LooksWellAsync(page, width, $"booking-{language}");

        await page.Locator(".actions a[href*=move]").ClickAsync();
        // Late in the evening today has fewer times left than are stepped over here.
        await page.Locator("a.day").Nth(1).ClickAsync();
        await page.Locator("button[name=slot]:enabled").Nth(5).ClickAsync();
        await Expect(page.Locator(".number")).ToBeVisibleAsync();
        await page.Locator(".actions a[href*=cancel]").ClickAsync();
        await page.Locator("button.danger").ClickAsync();
        await Expect(page.Locator(".number")).ToHaveCountAsync(0);
        Assert.Equal(1, await BookingTests.CountAsync(cloud, "select count(*) from booking where state = 'cancelled'"));
        Assert.Empty(complaints);
    }

    /// <summary>Nothing stands out at the side, and the picture is there to be looked at.</summary>
    private static async Task LooksWellAsync(IPage page, int width, string name)
    {
        await Pictures.TakeAsync(page, name);
        // Without scripts the page cannot be asked for its own width: its whole picture would be wider.
        byte[] picture = await page.ScreenshotAsync(new() { FullPage = true });
        Assert.Equal(width, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16, 4)));
    }
}
