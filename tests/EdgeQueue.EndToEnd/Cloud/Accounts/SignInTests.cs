using System.Net;

namespace EdgeQueue.EndToEnd.Cloud.Accounts;

/// <summary>Somebody signs in at the real process, over both databases, with a password that the server's own command made.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task The_first_account_is_made_on_the_server_signs_in_is_written_down_and_signs_out(string kind)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        Assert.Contains("Nobody has an account yet", await cloud.GetAsync("/sign-in"), StringComparison.Ordinal);
        string password = await AddAsync(cloud, "lise");

        // Wrong, unknown, and a password typed where the name belongs: one sentence for all.
        foreach ((string name, string typed) in new[] { ("lise", "not the password"), ("nobody-here", password), ("My-Secret-Password-1", "x") })
        {
            (HttpResponseMessage refused, string page) = await EnterAsync(cloud, name, typed);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("The name or the password is not right.", page, StringComparison.Ordinal);
            Assert.False(refused.Headers.Contains("Set-Cookie"));
        }

        (HttpResponseMessage entered, _) = await EnterAsync(cloud, "Lise", password, "/audit");
        Assert.Equal((HttpStatusCode.SeeOther, "/audit"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        string set = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.All(["edgequeue=", "httponly", "samesite=strict", "path=/"], part => Assert.Contains(part, set, StringComparison.OrdinalIgnoreCase));
        cloud.Http.DefaultRequestHeaders.Add("Cookie", set.Split(';')[0]);

        string trail = await cloud.GetAsync("/audit");
        // Two lines or, when a quarter of an hour ended meanwhile, one more: who guesses a name is counted, and adds no line each time.
        Assert.InRange(trail.Split("<span class=\"pill bad\">sign-in failed</span>").Length - 1, 2, 3);
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Database, "select sum(f.failures) from sign_in_failure f join audit a on a.id = f.audit where a.what = 'sign-in failed'"));
        Assert.Contains("no such account", trail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-password", trail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("198.51.100.7", trail, StringComparison.Ordinal);
        Assert.Contains("Nobody did anything like this", await cloud.GetAsync("/audit?what=erased"), StringComparison.Ordinal);

        // The database itself refuses to change what is written down.
        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => OfficeAccount.RunAsync(cloud.Database, "update audit set what = 'nothing'"));
        Assert.Contains("only added to", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => OfficeAccount.RunAsync(cloud.Database, "delete from audit"));

        using HttpResponseMessage left = await cloud.Http.PostAsync("/sign-out", null, Cancellation);
        Assert.Equal("/sign-in", left.Headers.Location?.OriginalString);
        using HttpResponseMessage after = await cloud.Http.GetAsync("/audit", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Who_guesses_has_to_wait_and_a_restart_of_the_cloud_forgets_nothing(string kind)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        HttpStatusCode last = HttpStatusCode.OK;
        for (int tries = 0; tries < 40 && last != HttpStatusCode.TooManyRequests; tries++)
        {
            // At once: a second of waiting is over soon.
            HttpStatusCode[] some = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await EnterAsync(cloud, "lise", $"guess {i}")).Answer.StatusCode));
            Assert.All(some, s => Assert.Contains(s, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
            last = some.Contains(HttpStatusCode.TooManyRequests) ? HttpStatusCode.TooManyRequests : last;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        // As after many more guesses; then the process dies.
        await OfficeAccount.RunAsync(cloud.Database, "update sign_in_try set failures = 30, next_at = last_at + 600000");
        cloud.Kill();
        await cloud.StartAgainAsync();

        (HttpResponseMessage answer, string page) = await EnterAsync(cloud, "lise", "once more");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Too many tries", page, StringComparison.Ordinal);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 900);
    }

    [Fact]
    public async Task Over_https_the_cookie_goes_nowhere_else_and_a_link_lets_somebody_choose_a_password_once()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        await cloud.SignInAsync();
        using HttpResponseMessage made = await cloud.Http.PostAsync(
            "/accounts", new FormUrlEncodedContent([new("name", "per"), new("role", "auditor"), new("regions", ""), new("branches", "")]), Cancellation);
        string page = await made.Content.ReadAsStringAsync(Cancellation);
        string link = System.Text.RegularExpressions.Regex.Match(page, "/sign-in/link/[A-Za-z0-9_-]{43}").Value;
        Assert.True(link.Length > 0, page);
        cloud.Http.DefaultRequestHeaders.Remove("Cookie");

        Assert.Contains("Choose a password", await cloud.GetAsync(link), StringComparison.Ordinal);
        foreach ((string password, string again, HttpStatusCode expected) in new[]
        {
            ("short", "short", HttpStatusCode.UnprocessableEntity), ("a few plain words", "a few other words", HttpStatusCode.UnprocessableEntity),
            ("a few plain words", "a few plain words", HttpStatusCode.SeeOther), ("and some more words", "and some more words", HttpStatusCode.NotFound),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([new("password", password), new("again", again)]) };
            // What a proxy with https says.
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-For", "198.51.100.7");
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancellation);
            Assert.Equal(expected, answer.StatusCode);
            if (expected == HttpStatusCode.SeeOther)
            {
                string set = answer.Headers.GetValues("Set-Cookie").Single();
                Assert.StartsWith("__Host-edgequeue=", set, StringComparison.Ordinal);
                Assert.Contains("secure", set, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_region_and_a_branch_manager_see_their_branches_and_of_the_others_not_even_that_they_are(string kind)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach ((string name, string region) in new[] { ("bergen", "West"), ("voss", "West"), ("oslo", "East"), ("nowhere", "") })
        {
            await OfficeAccount.RunAsync(cloud.Database, $"insert into branch(name, title, region, created_at) values ('{name}', 'Branch of {name}', '{region}', 0)");
            await OfficeAccount.RunAsync(
                cloud.Database,
                $"insert into live select id, 'j', 1, 1, 0, {now}, 10, 0, -1, 1, 0, 0, '0.1.0', '', '{{}}', '', '' from branch where name = '{name}'");
            await OfficeAccount.RunAsync(
                cloud.Database, $"insert into survey_answer(secret_hash, branch, service, score, comment, at) select '{name}', id, 's', 4, 'Said in {name}', {now} from branch where name = '{name}'");
        }

        cloud.Kill();
        await cloud.StartAgainAsync();
        foreach ((string role, string[] regions, string[] branches, string[] seen) in new (string, string[], string[], string[])[]
        {
            ("region", ["West"], [], ["bergen", "voss"]), ("branch-manager", [], ["oslo"], ["oslo"]), ("region", ["Nothing"], [], []),
            ("auditor", [], [], ["bergen", "voss", "oslo", "nowhere"]),
        })
        {
            cloud.Http.DefaultRequestHeaders.Remove("Cookie");
            cloud.Http.DefaultRequestHeaders.Add("Cookie", await OfficeAccount.EnterAsync(cloud.Database, role, regions, branches));
            string list = await cloud.GetAsync("/network");
            string search = await cloud.GetAsync("/network?q=branch");
            string survey = await cloud.GetAsync("/survey");
            using HttpResponseMessage stream = await cloud.Http.GetAsync("/network/live", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancellation));
            string live = await PieceAsync(reader);
            foreach (string name in new[] { "bergen", "voss", "oslo", "nowhere" })
            {
                bool sees = seen.Contains(name);
                Assert.All(new[] { list, search, live }, text => Assert.Equal(sees, text.Contains($"Branch of {name}<", StringComparison.Ordinal)));
                Assert.Equal(sees, survey.Contains($"Said in {name}", StringComparison.Ordinal));
                if (!sees)
                {
                    using HttpResponseMessage one = await cloud.Http.GetAsync($"/network/{name}", Cancellation);
                    using HttpResponseMessage of = await cloud.Http.GetAsync($"/network/{name}/live", Cancellation);
                    Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (one.StatusCode, of.StatusCode));
                }
            }

            if (seen.Length > 0)
            {
                Assert.Contains($"<b>{seen.Length * 10}</b><span>people waiting</span>", list, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Head_office_puts_branches_into_a_region_and_disables_an_account_which_is_out_at_once()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        await OfficeAccount.RunAsync(cloud.Database, "insert into branch(name, title, region, created_at) values ('bergen', '', '', 0)");
        await cloud.SignInAsync();
        string other = await OfficeAccount.EnterAsync(cloud.Database, "region", ["West"]);
        using HttpResponseMessage put = await cloud.Http.PostAsync("/regions", new FormUrlEncodedContent([new("region", " West "), new("branches", "bergen\r\n")]), Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, put.StatusCode);
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from branch where region = 'West'"));
        using HttpResponseMessage wrong = await cloud.Http.PostAsync("/regions", new FormUrlEncodedContent([new("region", "West"), new("branches", "no-such")]), Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await AsAsync(other)).StatusCode);
        long id = CloudAccounts.Scalar(cloud.Database, "select id from account where role = 'region'");
        using HttpResponseMessage changed = await cloud.Http.PostAsync(
            $"/accounts/{id}", new FormUrlEncodedContent([new("role", "region"), new("regions", "West"), new("branches", ""), new("disabled", "yes")]), Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AsAsync(other)).StatusCode);
        Assert.Contains("account changed", await cloud.GetAsync("/audit"), StringComparison.Ordinal);

        async Task<HttpResponseMessage> AsAsync(string cookie)
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = cloud.Url };
            http.DefaultRequestHeaders.Add("Cookie", cookie);
            return await http.GetAsync("/network", Cancellation);
        }
    }

    private static async Task<string> PieceAsync(StreamReader reader)
    {
        var lines = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation) is { Length: > 0 } line)
        {
            lines.AppendLine(line);
        }

        return lines.ToString();
    }

    private static async Task<string> AddAsync(CloudUnderTest cloud, string name)
    {
        (int code, string said) = await cloud.CommandAsync("account", "add", name, "--role", "head-office");
        Assert.True(code == 0, said);
        return said.Trim().Split(": ")[^1];
    }

    private static async Task<(HttpResponseMessage Answer, string Page)> EnterAsync(CloudUnderTest cloud, string name, string password, string to = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("name", name), new("password", password), new("to", to)]) };
        request.Headers.Add("X-Forwarded-For", "198.51.100.7");
        HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancellation);
        return (answer, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
