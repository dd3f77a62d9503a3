using System.Net;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The cloud's process as a whole: it starts over both databases, tells how it is, and keeps strangers out.</summary>
public sealed class StartTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task It_starts_on_an_empty_database_and_on_its_own_again(string kind)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind);
        Assert.Equal("ok\n", await cloud.GetAsync("/healthz"));
        Assert.Contains("migration 0001-branch applied", cloud.Log, StringComparison.Ordinal);
        Assert.Equal(0, await cloud.StopAsync());

        await cloud.StartAgainAsync();

        Assert.Equal("ok\n", await cloud.GetAsync("/readyz"));
        Assert.Equal((0, "Nothing to do.\n"), await cloud.CommandAsync("migrate"));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Five_replicas_that_start_at_once_apply_each_migration_once(string kind)
    {
        await using CloudUnderTest first = await CloudUnderTest.StartAsync();
        string database = kind == "sqlite" ? "sqlite:" + Path.Combine(first.Folder, "together.db") : await (await PostgresServer.SharedAsync()).NewDatabaseAsync();

        CloudUnderTest[] replicas = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CloudUnderTest.StartOverAsync(database)));

        Assert.Equal(1, replicas.Sum(r => r.Log.Split("migration 0001-branch applied").Length - 1));
        foreach (CloudUnderTest replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_waits_for_a_database_that_comes_later()
    {
        await using PostgresServer server = await PostgresServer.StartAsync(durable: false);
        string database = await server.NewDatabaseAsync();
        server.Kill();

        Task<CloudUnderTest> starting = CloudUnderTest.StartOverAsync(database);
        await server.StartAgainAsync();

        await using CloudUnderTest cloud = await starting;
        server.Kill();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await cloud.Http.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("ok\n", await cloud.GetAsync("/healthz"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_settings_is_said_at_once()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        Assert.Equal((0, "The settings can be used.\n"), await cloud.CommandAsync("check"));

        await using CloudUnderTest other = await CloudUnderTest.StartAsync();
        var wrong = new Dictionary<string, string> { ["LISTEN"] = "nowhere", ["PROXIES"] = "one,127.0.0.1", ["DATABASE"] = "oracle:x" };
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => CloudUnderTest.StartOverAsync(null, wrong));

        Assert.All(["listen: 'nowhere'", "proxies: 'one'", "database: 'oracle'"], s => Assert.Contains(s, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_start_says_why_in_one_sentence_and_ends_with_the_code_that_the_help_names()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        (int taken, string said) = await cloud.CommandAsync("run");
        Assert.Equal(2, taken);
        Assert.Contains("address already in use", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);

        Assert.Equal(2, (await cloud.CommandAsync("run", "--nope")).Code);
        (int missing, string sentence) = await cloud.CommandAsync("check", "--config", "not-there.json");
        Assert.Equal((4, "not-there.json: there is no such file.\n"), (missing, sentence));
    }

    [Fact]
    public async Task Every_answer_has_the_security_headers()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        foreach (string path in new[] { "/", "/network", "/healthz", "/metrics", "/site.css", "/not/there" })
        {
            using HttpResponseMessage answer = await cloud.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Contains("default-src 'none'; script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_stranger_sees_neither_head_office_nor_figures_and_another_site_changes_nothing()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        foreach (string path in new[] { "/network", "/metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            // It came through a proxy that the settings do not know: it may be from anywhere.
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound });
        }

        foreach ((string header, string value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/network");
            request.Headers.Add(header, value);
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_program_gets_problem_details_and_a_person_a_page()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        using HttpResponseMessage problem = await cloud.Http.GetAsync("/not/there", TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/not/there");
        request.Headers.Add("Accept", "text/html");
        using HttpResponseMessage page = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Nothing is here", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
