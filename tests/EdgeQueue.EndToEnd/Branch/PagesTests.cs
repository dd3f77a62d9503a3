using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>The panel and the hub's status page in a real browser, used as a person does.</summary>
/// <remarks>
/// The README's pictures are made here: <c>EDGEQUEUE_PICTURES=$PWD/docs/pictures dotnet run -c Release --project
/// tests/EdgeQueue.EndToEnd -- -class "*PagesTests"</c>, after a build of the device projects. Without the variable they go
/// into <c>artifacts/pictures</c>.
/// </remarks>
[Collection(nameof(WholeBranch))]
public sealed class PagesTests(WatchedBranch branch) : IClassFixture<WatchedBranch>, IAsyncLifetime
{
    private const int LargestPicture = 256 * 1024;
    private static readonly LocatorAssertionsToHaveAttributeOptions Shown = new() { Timeout = 60_000 };

    private readonly List<string> complaints = [];
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task A_visitor_takes_a_ticket_calls_it_and_sees_light_paper_and_sound_on_the_panel()
    {
        var page = await OpenAsync(branch.Stage.PanelUrl!);
        await Expect(page.Locator("#link")).ToHaveTextAsync("live", new() { Timeout = 60_000 });
        var paper = page.Locator(".paper figure img");
        var before = await paper.CountAsync();

        await page.Locator(".dispenser [data-press=KEY_2]").ClickAsync();
        await Expect(paper).ToHaveCountAsync(before + 1, new() { Timeout = 60_000 });
        await Expect(paper.First).ToHaveJSPropertyAsync("complete", true, new() { Timeout = 60_000 });
        Assert.Equal(576, await paper.First.EvaluateAsync<int>("image => image.naturalWidth"));

        var counter = page.Locator("[data-key=c1]");
        foreach (var digit in "1111")
        {
            await counter.Locator($"[data-press=KEY_KP{digit}]").ClickAsync();
        }

        await counter.Locator("[data-press=KEY_KPDOT]").ClickAsync();
        await Eventually.Is(() => branch.Answers("counter-1/keypad").Count > 0 && branch.Ear.Counters["c1"].Operator == "anna", "anna has opened counter 1", 60);
        var sounds = page.Locator("[data-key='audio-hall/voice'] audio");
        var spoken = await sounds.CountAsync();
        await counter.Locator("[data-press=KEY_KPENTER]").ClickAsync();
        await Expect(counter.Locator(".display")).ToHaveAttributeAsync("data-text", new Regex("^C[0-9]{3}$"), Shown);
        await Expect(sounds.Nth(spoken)).ToBeAttachedAsync(new() { Timeout = 120_000 });

        await Eventually.Is(() => branch.Ear.Counters["c1"].Label is not null, "the hub says so too", 30);
        var desk = new Desk(branch, 1);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_printer_without_paper_gives_no_ticket_and_its_lamp_blinks_until_there_is_paper_again()
    {
        var page = await OpenAsync(branch.Stage.PanelUrl!);
        var paper = page.Locator(".paper figure img");
        await Expect(page.Locator("#link")).ToHaveTextAsync("live", new() { Timeout = 60_000 });
        var mark = branch.Mark();
        await page.Locator("[data-fault=PaperOut]").CheckAsync();
        await Eventually.Is(() => branch.Ear.Branch!.Faults.Any(f => f.Code == "paperOut"), "the hub knows", 60);
        var before = await paper.CountAsync();

        await page.Locator(".dispenser [data-press=KEY_1]").ClickAsync();
        await Eventually.Is(() => branch.Since(mark, "lamp", WatchedBranch.Dispenser).Count >= 6, "the lamp blinks", 60);
        await Expect(paper).ToHaveCountAsync(before);

        await page.Locator("[data-fault=PaperOut]").UncheckAsync();
        await Eventually.Is(() => branch.Ear.Branch!.Faults.All(f => f.Code != "paperOut"), "the hub knows that there is paper", 60);
        await page.Locator(".dispenser [data-press=KEY_1]").ClickAsync();
        await Expect(paper).ToHaveCountAsync(before + 1, new() { Timeout = 60_000 });
        Assert.Empty(complaints);
    }

    [Fact]
    [Trait("Pictures.Folder", "README")]
    public async Task The_pages_of_a_busy_branch_look_as_in_the_README()
    {
        foreach (var key in (string[])["KEY_2", "KEY_8", "KEY_5", "KEY_4", "KEY_3", "KEY_2", "KEY_1", "KEY_7", "KEY_9"])
        {
            var (label, picture) = await branch.TakeTicketAsync(key);
            if (key is "KEY_7" or "KEY_9")
            {
                await SaveAsync(key == "KEY_7" ? "ticket.png" : "ticket-ar.png", MonochromePng.Encode(picture));
                Assert.StartsWith("A", label, StringComparison.Ordinal);
            }
        }

        foreach (var (number, pin) in new[] { (1, "1111"), (2, "4444"), (3, "3333"), (4, "2222") })
        {
            var desk = new Desk(branch, number);
            await desk.OpenAsync(pin);
            await desk.MustAsync(Desk.Next);
        }

        await new Desk(branch, 1).MustAsync(Desk.Arrive);
        await Eventually.Is(() => branch.Since(0, "sound", "audio-hall/voice").Count > 0, "the hall is spoken to", 120);
        await Task.Delay(5_500, TestContext.Current.CancellationToken); // no number is in the dark half of its blinking

        await PictureAsync(branch.Stage.PanelUrl!, "panel.png", 1600, 1010);
        await PictureAsync(branch.Stage.PanelUrl!, "panel-dark.png", 1600, 1010, ColorScheme.Dark);
        await PictureAsync(branch.Stage.PanelUrl!, "panel-notebook.png", 1280, 1600);
        await PictureAsync(branch.Stage.PanelUrl!, "panel-phone.png", 390, 2400);
        await PictureAsync(branch.Stage.HubUrl, "hub.png", 1200, 820);
        await PictureAsync(branch.Stage.HubUrl, "hub-dark.png", 1200, 820, ColorScheme.Dark);
        await PictureAsync(branch.Stage.HubUrl, "hub-phone.png", 390, 844);
        Assert.Empty(complaints);
        for (var number = 1; number <= 4; number++)
        {
            var desk = new Desk(branch, number);
            if (number > 1)
            {
                await desk.MustAsync(Desk.Arrive);
            }

            await desk.MustAsync(Desk.Dot);
            await desk.CloseAsync();
        }
    }

    [Fact]
    public async Task The_hubs_page_names_units_queues_and_counters_and_has_nothing_to_complain_about()
    {
        var page = await OpenAsync(branch.Stage.HubUrl);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Servicetorget");
        await Expect(page.Locator("header")).ToContainTextAsync("broker connected");
        foreach (var (address, _) in branch.Stage.Branch.Units)
        {
            await Expect(page.Locator("section", new() { HasText = "Units" }).First).ToContainTextAsync(address.ToString());
        }

        await Expect(page.Locator(".bad")).ToHaveCountAsync(0);
        Assert.Empty(complaints);
    }

    private async Task<IPage> OpenAsync(Uri address, int width = 1600, int height = 1000, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-GB",
        });
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add($"{address}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add($"{address}: {error}");
        await page.GotoAsync(address.ToString());
        return page;
    }

    private async Task PictureAsync(Uri address, string name, int width, int height, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(address, width, height, scheme);
        if (address == branch.Stage.PanelUrl)
        {
            await Expect(page.Locator("#link")).ToHaveTextAsync("live", new() { Timeout = 60_000 });
            await Expect(page.Locator(".paper figure img").First).ToHaveJSPropertyAsync("complete", true);
        }

        // What is wider than the window would be cut off on a phone.
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        await SaveAsync(name, await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled }));
        await page.CloseAsync();
    }

    private static async Task SaveAsync(string name, byte[] png)
    {
        Assert.InRange(png.Length, 1_000, LargestPicture);
        await File.WriteAllBytesAsync(Path.Combine(Pictures.Folder, name), png, TestContext.Current.CancellationToken);
    }
}
