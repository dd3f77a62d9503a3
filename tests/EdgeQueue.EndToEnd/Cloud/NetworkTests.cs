using System.Globalization;
using System.Net;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>Head office's pages, with a real branch, in a real browser, and with 65,000 branches that are only rows.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task Head_office_sees_a_branch_work_without_reloading_and_notices_when_it_is_gone()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new() { BaseURL = stage.Cloud.Url.ToString() });
        await stage.Cloud.SignInAsync(context);
        IPage page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, fault) => complaints.Add(fault);

        await page.GotoAsync("/network");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await page.Locator("tbody a").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Test branch");
        await dispenser.TicketAsync();
        await dispenser.TicketAsync("advice");
        await Expect(page.Locator("section", new() { HasText = "Waiting" }).Last).ToContainTextAsync("B001", new() { Timeout = 30_000 });
        long version = (await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Counter!.Version;

        // Whoever waits is sent to the officer at counter 2, and nobody else calls them.
        await using TestUnit second = await TestUnit.KeypadAsync(stage.Hub, 2);
        long there = (await second.DoAsync(new OpenCounter("c2", "12", null, false, default))).Counter!.Version;
        await Expect(page.Locator("section", new() { HasText = "Counters" }).First).ToContainTextAsync("12", new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Redirect A001" }).ClickAsync();
        await page.Locator("select[name=to]").SelectOptionAsync("operator:12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redirect" }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "A001" })).ToContainTextAsync("for 12", new() { Timeout = 30_000 });
        Assert.Equal(1, CloudAccounts.Scalar(stage.Cloud.Database, "select count(*) from audit where subject like 'branch test, visit % to be redirected to officer 12'"));
        Assert.Equal("B001", (await keypad.DoAsync(new CallNext("c1", version, default))).Counter!.Label);
        Assert.Equal("A001", (await second.DoAsync(new CallNext("c2", there, default))).Counter!.Label);
        await Expect(page.Locator("section", new() { HasText = "Last calls" }).Last).ToContainTextAsync("A001", new() { Timeout = 30_000 });

        // The auditor sees the branch, and nothing to press that would be refused.
        await dispenser.TicketAsync();
        await stage.Cloud.SignInAsync("auditor");
        await Eventually.IsAsync(async () => (await stage.Cloud.GetAsync("/network/test")).Contains("A002", StringComparison.Ordinal), "the next ticket is told");
        Assert.DoesNotContain("Redirect", await stage.Cloud.GetAsync("/network/test"), StringComparison.Ordinal);

        await page.GotoAsync("/sms/ready");
        await Expect(page.Locator("form[action='/sms/ready']")).ToBeVisibleAsync();
        await using IBrowserContext looking = await browser.NewContextAsync(new() { BaseURL = stage.Cloud.Url.ToString() });
        await stage.Cloud.SignInAsync(looking, "auditor");
        IPage looks = await looking.NewPageAsync();
        await looks.GotoAsync("/sms/ready");
        await Expect(looks.Locator("form[action='/sms/ready']")).ToHaveCountAsync(1);
        await Expect(looks.Locator("form[action='/sms/ready']")).ToBeHiddenAsync();
        await Expect(looks.Locator("form[action='/sign-out']")).ToBeVisibleAsync();
        await page.GotoAsync("/network/test");

        // The broker says that the hub is gone; nobody has to wait for a silence.
        stage.Hub.Kill();
        await Expect(page.Locator("h1 .pill")).ToContainTextAsync("away", new() { Timeout = 60_000 });
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task On_a_phone_nothing_is_wider_than_the_page_and_right_to_left_is_too()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await Eventually.Is(() => CloudAccounts.Scalar(stage.Cloud.Database, "select count(*) from live") == 1, "the branch speaks", 30);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = 120_000 });
        await using IBrowserContext context = await browser.NewContextAsync(new() { BaseURL = stage.Cloud.Url.ToString(), ViewportSize = new() { Width = 360, Height = 740 } });
        await stage.Cloud.SignInAsync(context);
        IPage page = await context.NewPageAsync();
        foreach (string path in new[] { "/network", "/network/test", "/network?q=nothing-like-this" })
        {
            await page.GotoAsync(path);
            Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.EvaluateAsync("() => document.documentElement.dir = 'rtl'");
            Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task Sixty_five_thousand_branches_are_at_hand_in_half_a_second_and_a_search_finds_one()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        await using (CloudUnderTest first = await CloudUnderTest.StartOverAsync(database))
        {
            await using var connection = new NpgsqlConnection(database["postgresql:".Length..]);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var fill = new NpgsqlCommand(
                """
                insert into branch(name, created_at) select 'branch-' || i, 0 from generate_series(1, 65000) i;
                insert into live select id, 'j', 1, 1, 0, (extract(epoch from now()) * 1000)::bigint, id % 40, case when id = 777 then 39 else 0 end, -1, 3, 0, 0, '0.1.0', 'Branch no ' || id, '{}' from branch;
                """,
                connection);
            await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using CloudUnderTest cloud = await CloudUnderTest.StartOverAsync(database);
        await cloud.SignInAsync();
        string page = "";
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30) && !page.Contains("<b>65000</b>", StringComparison.Ordinal); await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            page = await cloud.GetAsync("/network");
        }

        Assert.Contains("<b>65000</b>", page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"<b>{Enumerable.Range(1, 65_000).Sum(i => i % 40)}</b>"), page, StringComparison.Ordinal);
        Assert.Equal(100, page.Split("<tr><td>").Length - 1);
        Assert.StartsWith("<b>Branch no 777</b>", page[page.IndexOf("<tr><td>", StringComparison.Ordinal)..].Split('>', 4)[3], StringComparison.Ordinal);
        var best = TimeSpan.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            _ = await cloud.GetAsync("/network");
            TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            best = took < best ? took : best;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"the network page over 65,000 branches: {best.TotalMilliseconds:0.0} ms at best of 10");
        Assert.True(best < TimeSpan.FromMilliseconds(500), $"{best}");
        Assert.Contains("Branch no 64321", await cloud.GetAsync("/network?q=branch-64321"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_watchers_get_the_same_piece()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        using var http = new HttpClient { BaseAddress = stage.Cloud.Url };
        http.DefaultRequestHeaders.Add("Cookie", await OfficeAccount.EnterAsync(stage.Cloud.Database, "head-office"));
        StreamReader[] watchers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
            new StreamReader((await http.GetAsync("/network/live", HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode().Content.ReadAsStream())));

        await dispenser.TicketAsync();
        foreach (StreamReader watcher in watchers)
        {
            string? line;
            do
            {
                line = await watcher.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            }
            while (line is not null && !line.Contains("<b>1</b><span>people waiting</span>", StringComparison.Ordinal));

            Assert.NotNull(line);
        }
    }

    [Theory]
    [InlineData("/network/no-such")]
    [InlineData("/network/..%2f..")]
    [InlineData("/network/no-such/live")]
    public async Task A_branch_that_is_not_there_is_said_not_to_be(string path)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        await cloud.SignInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await cloud.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }
}
