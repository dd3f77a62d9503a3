using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>axe-core (WCAG 2) finds nothing serious on any page, wide and light, narrow and dark; and nothing stands out at the side.</summary>
/// <remarks>The pictures go into <c>artifacts/pictures</c>, or where the variable EDGEQUEUE_PICTURES says.</remarks>
public sealed class AccessibilityTests
{
    private static readonly string[] Pages =
    [
        // First: the branch is there for 75 seconds after its last word.
        "/join/oslo?lang=en", "/network", "/network/oslo", "/network/oslo/configuration", "/network/oslo/operators?one=vera", "/reports?where=branch:oslo&date=2026-01-05", "/reports?period=week&date=2026-01-05", "/reports?date=2020-01-01", "/reports/schedule", "/alerts", "/notices",
        "/survey", "/sms", "/people", "/accounts", "/audit", "/regions", "/book?lang=en", "/privacy?lang=ar", "/book/demo?lang=ar", "/book/demo/passport?lang=en", "/bookings", "/keys", "/versions", "/rollouts", "/rollouts/1", "/rollouts/2", "/t/AAAAAAAAAAAAAAAAAAAAAA",
    ];

    [Theory]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(360, 740, ColorScheme.Dark)]
    public async Task Nothing_serious_is_found(int width, int height, ColorScheme colours)
    {
        string offers = Path.Combine(Directory.CreateTempSubdirectory("edgequeue-axe-").FullName, "offers.json");
        await File.WriteAllTextAsync(offers, Bookings.BookableCloud.Offers(), TestContext.Current.CancellationToken);
        await using PlayedCloud played = await PlayedCloud.StartAsync("sqlite", new Dictionary<string, string> { ["bookings:offers"] = offers, ["mobile:branches"] = "*", ["join:branches:oslo:web"] = "true" });
        using HttpResponseMessage rule = await played.Cloud.Http.PostAsync(
            "/alerts/rules", new FormUrlEncodedContent([new("name", "Somebody waits"), new("kind", "waiting"), new("scope", ""), new("raiseAbove", "0"), new("raiseSeconds", "0"), new("clearBelow", "1"), new("clearSeconds", "0")]),
            TestContext.Current.CancellationToken);
        await Eventually.Is(() => CloudAccounts.Scalar(played.Cloud.Database, "select count(*) from alert") == 1, "an alert to look at", 60);
        JsonNode configuration = JsonNode.Parse(TestBranch.Json())!;
        configuration["branch"] = "oslo";
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(configuration.ToJsonString())), "file", "branch.json" } };
        using HttpResponseMessage uploaded = await played.Cloud.Http.PostAsync("/network/oslo/configuration", file, TestContext.Current.CancellationToken);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await RollOutAsync(played, 1, number => new UpdateReport(1, number, 4, 1, 0, 1, Stopped: "'counter-1' failed with version 1.5.0: it came back with version 1.4.0: 1.5.0 did not become healthy"), "stopped");
        await RollOutAsync(played, 2, number => new UpdateReport(1, number, 4, 1, 1, 0, Waiting: "'counter-1' is at it."), "at it");
        var person = new Bookings.BookableCloud.Person(played.Cloud.Http, "198.51.100.7");
        string[] links = [await HoldAsync(person, 0), await HoldAsync(person, 1)];
        using HttpResponseMessage booked = await person.SendAsync(links[1] + "/book", ("name", "Kari Nordmann"), ("phone", "912 34 567"), ("consent", "yes"));
        Assert.Equal(303, (int)booked.StatusCode);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new() { BaseURL = played.Cloud.Url.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });
        await played.Cloud.SignInAsync(context);
        IPage page = await context.NewPageAsync();
        var found = new List<string>();
        page.Console += (_, message) => found.Add(message.Text);
        string axe = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe", "axe.min.js"), TestContext.Current.CancellationToken);
        string folder = Pictures.Folder;
        await played.SayLiveAsync(waiting: 2);
        foreach (string path in Pages.Concat([links[0] + "?lang=en", links[1] + "?lang=ar"]))
        {
            // Of a live page the stream never ends: what is there when the document is, is enough.
            IResponse answer = (await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded }))!;
            if (answer.Status >= 400)
            {
                found.Add($"{path}: {answer.Status}");
            }

            await page.EvaluateAsync(axe);
            string[] serious = await page.EvaluateAsync<string[]>(
                """
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.filter(v => v.impact === "serious" || v.impact === "critical")
                  .flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.html.slice(0, 200)}`))
                """);
            found.AddRange(serious.Select(s => $"{path}: {s}"));
            int wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            if (wide > width)
            {
                found.Add($"{path}: {wide} wide");
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"office-{width}-{(path.StartsWith("/b/", StringComparison.Ordinal) ? "b" + path[^2..] : string.Concat(path.Where(char.IsAsciiLetterOrDigit).Take(24)))}.png"), FullPage = true });
        }

        Directory.Delete(Path.GetDirectoryName(offers)!, recursive: true);
        Assert.Empty(found);
    }

    /// <summary>Head office makes a roll-out, and the branch says how far it is.</summary>
    private static async Task RollOutAsync(PlayedCloud played, int number, Func<long, UpdateReport> said, string until)
    {
        string bundles = $"edgequeue-node 1.5.{number} 97812480 {new string('a', 64)} https://images.example.org/node-1.5.{number}.raucb";
        using HttpResponseMessage made = await played.Cloud.Http.PostAsync(
            "/rollouts", new FormUrlEncodedContent([new("title", $"Release 1.5.{number}"), new("bundles", bundles), new("stages", "100\n100"), new("failures", "0"), new("pause", "24")]),
            TestContext.Current.CancellationToken);
        Assert.Equal($"/rollouts/{number}", made.Headers.Location?.OriginalString);
        await played.SayUpdateAsync(said(CloudAccounts.Scalar(played.Cloud.Database, $"select made_at from rollout where id = {number}")));
        await Eventually.IsAsync(async () => (await played.Cloud.GetAsync($"/rollouts/{number}")).Contains($">{until}</span>", StringComparison.Ordinal), $"roll-out {number} is shown as {until}", 60);
    }

    private static async Task<string> HoldAsync(Bookings.BookableCloud.Person person, int index)
    {
        using HttpResponseMessage held = await person.HoldAsync("passport", (await person.SlotsAsync("passport"))[index]);
        return held.Headers.Location!.OriginalString;
    }
}
