using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Access;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Simulation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Technician;

/// <summary><c>edgequeue technician</c>: the page in a real browser, with a real registrar, broker and device behind it; and who is not let in.</summary>
public sealed class TechnicianPageTests : IAsyncLifetime
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 60_000 };

    private RegistrarUnderTest registrar = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        registrar = await RegistrarUnderTest.StartAsync();
        _ = registrar.Broker.Tls("watch");
        registrar.Run(Executables.Tool,
        [
            "technician", "--hub", Executables.Hub, "--control", registrar.Control, "--branch", registrar.BranchFile, "--certificates", registrar.Broker.Certificates,
            "--broker", $"{registrar.Broker.Host}:{registrar.Broker.Port}", "--port", "0",
        ]);
        await Eventually.Is(() => (address = Regex.Match(registrar.Log, @"http://127\.0\.0\.1:\d+/\?key=\S+").Value).Length > 0, "the page's address", 60);
    }

    public ValueTask DisposeAsync() => registrar.DisposeAsync();

    [Fact]
    public async Task A_technician_accepts_a_device_looks_at_it_and_revokes_it_on_the_page()
    {
        await using PlayedHub hub = await PlayedHub.StartAsync(registrar.Broker);
        string input = Path.Combine(registrar.Folder, "keys");
        using var keys = new FakeKeys(input);
        registrar.Run(Executables.Node, ["device", "--config", registrar.Device("pad", new UnitConfiguration { Unit = "keypad", Keypad = new KeypadConfiguration { Counter = "", Input = input } })]);
        string code = "";
        await Eventually.Is(() => (code = Regex.Match(registrar.Log, "edgequeue claim ([0-9]{4} [0-9]{4})").Groups[1].Value).Length > 0, "a code on the console");
        await hub.CounterAsync("c2", CounterPhase.Idle);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000,
        });
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        page.SetDefaultTimeout(60_000);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        // The key is taken out of the address at once.
        await page.GotoAsync(address);
        Assert.DoesNotContain("key", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("#waiting .card")).ToContainTextAsync("test device", Soon);
        await Expect(page.Locator("#head")).ToContainTextAsync("hub is there", Soon);
        await Expect(page.Locator("#node-desk-1")).ToContainTextAsync("missing", Soon);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures.Folder, "technician.png"), FullPage = true });

        // A code that is wrong by one digit, then the right one.
        await page.FillAsync("#claim-code", code[..8] + (code[8] == '0' ? '1' : '0'));
        await page.FillAsync("#claim-node", "desk-9");
        await page.SelectOptionAsync("#claim-counter", "c2");
        await page.ClickAsync("text=Accept this device");
        await Expect(page.Locator("[role=status]")).ToContainTextAsync("No device that waits here shows this code", Soon);
        await page.ClickAsync("text=Back to all devices");
        await page.FillAsync("#claim-code", code);
        await page.FillAsync("#claim-node", "desk-9");
        await page.SelectOptionAsync("#claim-role", "keypad");
        await page.SelectOptionAsync("#claim-counter", "c2");
        await page.ClickAsync("text=Accept this device");
        await Expect(page.Locator("[role=status]")).ToContainTextAsync("is 'desk-9' now", Soon);

        // It is there, by itself: nobody loads the page again.
        await page.ClickAsync("text=Back to all devices");
        ILocator card = page.Locator("#node-desk-9");
        await Expect(card).ToContainTextAsync("● there keypad", Soon);
        await Expect(card).ToContainTextAsync("Certificate until", Soon);
        await Expect(page.Locator("#waiting")).ToContainTextAsync("No device waits", Soon);

        // On a phone.
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures.Folder, "technician-phone.png"), FullPage = true });
        await card.Locator("text=Doctor").First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("✓ well", Soon);
        await Expect(page.Locator("main")).ToContainTextAsync("certificate", Soon);
        await Expect(page.Locator("main")).ToContainTextAsync("MiB free, can be written", Soon);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures.Folder, "technician-doctor-phone.png"), FullPage = true });

        await page.ClickAsync("text=Back to all devices");
        await card.Locator("summary:has-text('Revoke')").ClickAsync();
        await card.Locator("button:has-text('Revoke desk-9')").ClickAsync();
        await Expect(page.Locator("[role=status]")).ToContainTextAsync("'desk-9' is revoked (1 certificates) and disconnected", Soon);
        await page.ClickAsync("text=Back to all devices");
        await Expect(card).ToContainTextAsync("Certificate revoked", Soon);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Nobody_without_the_key_sees_the_page_and_no_other_page_presses_its_buttons()
    {
        var here = new Uri(address);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(here.GetLeftPart(UriPartial.Authority)) };
        async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => await SendAsync(HttpMethod.Get, path, null, headers);
        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            foreach ((string name, string value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        // No key, a wrong one, another site's name that leads here.
        foreach (string path in (string[])["/", "/parts", "/result?of=1", "/?key=wrong", "/page.js"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(here.PathAndQuery, ("Host", "evil.example"))).StatusCode);

        // The key is changed for a cookie that no script and no other site gets.
        using HttpResponseMessage let = await GetAsync(here.PathAndQuery);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (let.StatusCode, let.Headers.Location!.ToString()));
        string cookie = let.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        (string, string) mine = ("Cookie", cookie.Split(';')[0]);
        using HttpResponseMessage shown = await GetAsync("/", mine);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("frame-ancestors 'none'", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        string token = Regex.Match(await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "name=token value=\"([^\"]+)\"").Groups[1].Value;
        Assert.NotEmpty(token);

        // A button that another page presses: without the token, with a foreign origin, as another kind of body.
        _ = registrar.Broker.Tls("desk-1");
        FormUrlEncodedContent Form(string? with) => new([new("node", "desk-1"), .. with is null ? Array.Empty<KeyValuePair<string, string>>() : [new("token", with)]]);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/revoke", Form(token))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/revoke", Form(null), mine)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/revoke", Form("x"), mine)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/revoke", Form(token), mine, ("Origin", "https://evil.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/revoke", Form(token), mine, ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(HttpMethod.Post, "/revoke", new StringContent("{}"), mine)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Delete, "/", null, mine)).StatusCode);
        Assert.DoesNotContain("is revoked", registrar.Log, StringComparison.Ordinal);

        // The page's own.
        using HttpResponseMessage done = await SendAsync(HttpMethod.Post, "/revoke", Form(token), mine, ("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        string said = await (await GetAsync(done.Headers.Location!.ToString(), mine)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("is revoked (1 certificates)", WebUtility.HtmlDecode(said), StringComparison.Ordinal);
    }
}
