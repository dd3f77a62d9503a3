using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Api;

/// <summary>A program with a key, at the real process.</summary>
public sealed partial class ApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_program_books_a_time_that_nobody_else_gets_moves_it_and_cancels_it(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind);
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud.Cloud);
        JsonArray slots = (await program.GetAsync("/api/v1/branches/demo/services/passport/slots?days=2"))["items"]!.AsArray();
        // Not the very next ones: time goes on.
        string starts = (string)slots[4]!["startsAt"]!;
        string other = (string)slots[5]!["startsAt"]!;

        // Twenty programs for one time: one gets it.
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => program.PostAsync(
            "/api/v1/branches/demo/bookings", Booking(starts, string.Create(CultureInfo.InvariantCulture, $"+47 91234{i:000}")), string.Create(CultureInfo.InvariantCulture, $"person {i}"))));
        HttpResponseMessage made = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a != made), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        JsonNode refused = JsonNode.Parse(await answers.First(a => a != made).Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal("slotTaken", (string)refused["code"]!);
        JsonNode booking = JsonNode.Parse(await made.Content.ReadAsStringAsync(Cancellation))!;
        string link = made.Headers.Location!.OriginalString;

        // The answer was not heard: the same again is the same booking, of this key alone; other content is refused.
        int who = Array.IndexOf(answers, made);
        string chosen = string.Create(CultureInfo.InvariantCulture, $"person {who}");
        string same = Booking(starts, string.Create(CultureInfo.InvariantCulture, $"+47 91234{who:000}"));
        HttpResponseMessage[] again = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => program.PostAsync("/api/v1/branches/demo/bookings", same, chosen)));
        Assert.All(again, a => Assert.Equal((HttpStatusCode.Created, link), (a.StatusCode, a.Headers.Location!.OriginalString)));
        using HttpResponseMessage otherwise = await program.PostAsync("/api/v1/branches/demo/bookings", same.Replace("Kari", "Nils", StringComparison.Ordinal), chosen);
        Assert.Equal("otherContent", (string)JsonNode.Parse(await otherwise.Content.ReadAsStringAsync(Cancellation))!["code"]!);
        using HttpResponseMessage spoken = await program.PostAsync("/api/v1/branches/demo/bookings", same.Replace("\"en\"", "\"ar\"", StringComparison.Ordinal), chosen);
        Assert.Equal((HttpStatusCode.Conflict, "otherContent"), (spoken.StatusCode, (string)JsonNode.Parse(await spoken.Content.ReadAsStringAsync(Cancellation))!["code"]!));
        using HttpResponseMessage without = await program.PostAsync("/api/v1/branches/demo/bookings", same);
        Assert.Contains("Idempotency-Key", await without.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        // The person's own page shows it.
        Assert.Contains((string)booking["number"]!, (await cloud.NewPerson().GetAsync($"/b/{(string)booking["link"]!}?lang=en")).Text, StringComparison.Ordinal);
        using HttpResponseMessage moved = await program.PostAsync(link + "/move", $"{{\"startsAt\":\"{other}\"}}");
        Assert.Equal(other, (string)JsonNode.Parse(await moved.Content.ReadAsStringAsync(Cancellation))!["startsAt"]!);
        for (int times = 0; times < 2; times++)
        {
            using HttpResponseMessage cancelled = await program.Http.DeleteAsync(link, Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        }

        Assert.Equal("cancelled", (string)(await program.GetAsync(link))["state"]!);
        await cloud.Cloud.SignInAsync();
        string trail = await cloud.Cloud.GetAsync("/audit?what=changed");
        Assert.Contains("API key 1", trail, StringComparison.Ordinal);
        Assert.DoesNotContain("91234", trail, StringComparison.Ordinal);
        Assert.DoesNotContain("Kari", trail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_program_books_with_an_officer_and_a_mail_address_and_an_operator_finds_it_by_that_address(string kind)
    {
        string offers = BookableCloud.Offers(capacity: 9).Replace("\"branch\":\"demo\"", """
            "branch":"demo","mailInsteadOfPhone":true,"officers":[
              {"officer":"anna","name":{"en":"Anna Aas"},"services":["passport"],"shown":true},
              {"officer":"boris","name":{"en":"Boris Berg"},"services":["passport"],"shown":true},
              {"officer":"vera","name":{"en":"Vera Vik"},"services":["passport"]}]
            """, StringComparison.Ordinal);
        // Nobody listens there: this is not about what is sent.
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, offers: offers, more: new Dictionary<string, string>
        {
            ["mail:server"] = "127.0.0.1", ["mail:port"] = FreePorts.Take(1)[0].ToString(CultureInfo.InvariantCulture), ["mail:startTls"] = "false", ["mail:from"] = "queue@example.org",
        });
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud.Cloud);
        const string Slots = "/api/v1/branches/demo/services/passport/slots?days=2";
        JsonNode offered = await program.GetAsync(Slots + "&officer=anna");
        Assert.Equal(["anna", "boris"], offered["officers"]!.AsArray().Select(o => (string)o!["officer"]!));
        string starts = (string)offered["items"]![4]!["startsAt"]!;
        string With(string more) => $$"""{"service":"passport","startsAt":"{{starts}}","name":"Kari Nordmann","consent":true,{{more}}}""";

        (string Wrong, string Why)[] wrongs =
        [
            ("\"email\":\"kari\"", "'email'"), ("\"phone\":\"12\",\"email\":\"kari@example.org\"", "'phone'"), ("\"officer\":\"anna\"", "'phone'"),
            ("\"email\":\"kari@example.org\",\"officer\":\"vera\"", "'officer'"), ("\"email\":\"kari@example.org\",\"officer\":\"nobody\"", "'officer'"),
        ];
        foreach ((string wrong, string why) in wrongs)
        {
            using HttpResponseMessage refused = await program.PostAsync("/api/v1/branches/demo/bookings", With(wrong), "wrong");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(why, await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        const string Mine = "\"email\":\"Kari.Nordmann@Example.org\",\"officer\":\"anna\"";
        using HttpResponseMessage made = await program.PostAsync("/api/v1/branches/demo/bookings", With(Mine), "one");
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Cancellation));
        JsonNode booking = JsonNode.Parse(await made.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal("anna", (string)booking["officer"]!);
        using HttpResponseMessage same = await program.PostAsync("/api/v1/branches/demo/bookings", With(Mine), "one");
        Assert.Equal(made.Headers.Location, same.Headers.Location);
        foreach (string other in new[] { Mine.Replace("anna", "boris", StringComparison.Ordinal), Mine.Replace("Kari.N", "K.N", StringComparison.Ordinal), "\"email\":\"Kari.Nordmann@example.org\"" })
        {
            using HttpResponseMessage otherwise = await program.PostAsync("/api/v1/branches/demo/bookings", With(other), "one");
            Assert.Equal(HttpStatusCode.Conflict, otherwise.StatusCode);
        }

        using HttpResponseMessage second = await program.PostAsync("/api/v1/branches/demo/bookings", With(Mine.Replace("Kari", "Nils", StringComparison.Ordinal)), "two");
        Assert.Equal("slotTaken", (string)JsonNode.Parse(await second.Content.ReadAsStringAsync(Cancellation))!["code"]!);
        Assert.DoesNotContain(starts, (await program.GetAsync(Slots + "&officer=anna"))["items"]!.AsArray().Select(i => (string)i!["startsAt"]!));
        Assert.Contains(starts, (await program.GetAsync(Slots + "&officer=boris"))["items"]!.AsArray().Select(i => (string)i!["startsAt"]!));
        using HttpResponseMessage moved = await program.PostAsync(made.Headers.Location!.OriginalString + "/move", $"{{\"startsAt\":\"{starts}\",\"officer\":\"boris\"}}");
        Assert.Equal("boris", (string)JsonNode.Parse(await moved.Content.ReadAsStringAsync(Cancellation))!["officer"]!);

        await cloud.Cloud.SignInAsync();
        foreach ((string typed, bool found) in new[] { ("kari.nordmann@EXAMPLE.org", true), ((string)booking["number"]!, true), ("nils.nordmann@example.org", false), ("+4791234567", false) })
        {
            using HttpResponseMessage page = await cloud.Cloud.Http.PostAsync("/bookings", new FormUrlEncodedContent([new("of", typed)]), Cancellation);
            Assert.Equal(found, (await page.Content.ReadAsStringAsync(Cancellation)).Contains((string)booking["number"]! + "</td>", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("ordmann", await cloud.Cloud.GetAsync("/audit"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_list_comes_in_parts_and_a_key_of_a_region_sees_that_region(string kind)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind);
        await OfficeAccount.RunAsync(
            cloud.Database,
            "insert into branch(name, title, region, created_at) values ('a-1','','West',0),('b-2','','East',0),('c-3','','West',0),('d-4','','',0),('e-5','100% Bergen','West',0)");
        // 1,900,000 quarters of an hour since 1970 are 2024-03-09T16:00Z.
        foreach (int quarter in Enumerable.Range(1_900_000, 5))
        {
            await OfficeAccount.RunAsync(cloud.Database, $"insert into quarter(branch, quarter, service, counter, issued, wait_3) select id, {quarter}, 'general', '', 2, 1 from branch");
        }

        using KeyedProgram all = await KeyedProgram.OfAsync(cloud);
        using KeyedProgram west = await KeyedProgram.OfAsync(cloud, region: "West");
        Assert.Equal(["a-1", "b-2", "c-3", "d-4", "e-5"], (await all.PartsAsync("/api/v1/branches?limit=2")).Select(b => (string)b["branch"]!));
        Assert.Equal(["a-1", "c-3", "e-5"], (await west.PartsAsync("/api/v1/branches?limit=1")).Select(b => (string)b["branch"]!));
        Assert.Equal(["e-5"], (await west.PartsAsync("/api/v1/branches?q=100%25")).Select(b => (string)b["branch"]!));

        // The first quarter and the last are outside.
        const string Range = "/api/v1/reports/quarters?from=2024-03-09T16:10:00Z&to=2024-03-09T17:00:00Z";
        List<JsonNode> figures = await all.PartsAsync(Range + "&limit=4");
        Assert.Equal((15, 30), (figures.Count, figures.Sum(f => (int)f["issued"]!)));
        Assert.Equal(15, figures.Select(f => (string)f["branch"]! + (string)f["from"]!).Distinct().Count());
        Assert.Equal("2024-03-09T16:15:00+00:00", (string)figures[0]["from"]!);
        Assert.Equal(1, (int)figures[0]["wait"]![3]!);
        Assert.Equal(9, (await west.PartsAsync(Range + "&limit=2")).Count);
        Assert.Empty(await west.PartsAsync(Range + "&branch=b-2"));
    }

    [Fact]
    public async Task A_key_is_shown_once_does_what_its_scopes_say_and_is_over_when_it_is_disabled()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        await cloud.SignInAsync();
        using HttpResponseMessage made = await cloud.Http.PostAsync("/keys", new FormUrlEncodedContent([new("title", "The website"), new("scopes", "branches:read"), new("region", "")]), Cancellation);
        string key = KeyText().Match(await made.Content.ReadAsStringAsync(Cancellation)).Value;
        Assert.Equal(47, key.Length);
        Assert.DoesNotContain(key, await cloud.GetAsync("/keys"), StringComparison.Ordinal);
        Assert.Equal(0, CloudAccounts.Scalar(cloud.Database, $"select count(*) from api_key where secret_hash like '%{key[4..]}%'"));

        using var http = new HttpClient { BaseAddress = cloud.Url };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/branches", Cancellation)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/branches", Cancellation)).StatusCode);
        using HttpResponseMessage refused = await http.GetAsync("/api/v1/bookings/AAAAAAAAAAAAAAAAAAAAAA", Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("insufficient_scope", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        using HttpResponseMessage disabled = await cloud.Http.PostAsync("/keys/1/disable", null, Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, disabled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/branches", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Each_route_of_the_api_is_opened_by_its_scope_alone_and_stands_in_the_document()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        string[][] routes = [.. (await cloud.CommandAsync("routes")).Output.Split('\n').Where(l => l.Contains("\tkey:", StringComparison.Ordinal)).Select(l => l.Split('\t'))];
        Assert.Equal(KeyedProgram.EveryScope.Order(StringComparer.Ordinal), routes.Select(r => r[2]["key:".Length..]).Distinct().Order(StringComparer.Ordinal));
        foreach (string scope in KeyedProgram.EveryScope)
        {
            using KeyedProgram program = await KeyedProgram.OfAsync(cloud, [scope]);
            foreach (string[] route in routes)
            {
                using var request = new HttpRequestMessage(new(route[0]), Hole().Replace(route[1], "1"));
                request.Content = route[0] is "POST" or "PUT" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
                using HttpResponseMessage answer = await program.Http.SendAsync(request, Cancellation);
                Assert.True((route[2] == "key:" + scope) == (answer.StatusCode != HttpStatusCode.Forbidden) && (int)answer.StatusCode < 500, $"{scope}: {route[0]} {route[1]} {answer.StatusCode}");
            }
        }

        JsonNode document = JsonNode.Parse(await cloud.GetAsync("/api/v1/openapi.json"))!;
        string[] told = [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).Order(StringComparer.Ordinal)];
        Assert.Equal(routes.Select(r => $"{r[0]} {r[1].Replace(":long", "", StringComparison.Ordinal)}").Order(StringComparer.Ordinal), told);
        foreach ((string path, string method, string parameter) in new[] { ("branches/{branch}/tickets", "post", "Idempotency-Key"), ("branches/{branch}/bookings", "post", "Idempotency-Key"), ("reports/quarters", "get", "from") })
        {
            Assert.True((bool?)document["paths"]!["/api/v1/" + path]![method]!["parameters"]!.AsArray().Single(p => (string)p!["name"]! == parameter)!["required"], $"{path}: {parameter}");
        }

        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["key"]!["scheme"]!);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_how_long_to_wait_and_another_key_is_not_disturbed()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string> { ["api:requestsPerMinute"] = "5" });
        using KeyedProgram busy = await KeyedProgram.OfAsync(cloud);
        using KeyedProgram other = await KeyedProgram.OfAsync(cloud);
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.Http.GetAsync("/api/v1/branches", Cancellation)));

        // The bucket may have been filled up once meanwhile.
        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 5, 10);
        HttpResponseMessage refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/api/v1/branches", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_program_takes_a_ticket_at_a_real_branch_once_however_often_it_asks_looks_at_it_and_leaves()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        using KeyedProgram program = await KeyedProgram.OfAsync(stage.Cloud);
        const string Branch = $"/api/v1/branches/{Broker.Branch}";
        const string Wanted = """{"service":"general","language":"en"}""";
        // The replica knows the branch within a second of its first word, and a busy hub may not answer the first time.
        JsonNode? first = null;
        for (int tries = 0; tries < 120 && first is null; tries++)
        {
            using HttpResponseMessage answer = await program.PostAsync(Branch + "/tickets", Wanted, "my-1");
            first = answer.StatusCode == HttpStatusCode.Created ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation)) : null;
            await Task.Delay(first is null ? 250 : 0, Cancellation);
        }

        using HttpResponseMessage again = await program.PostAsync(Branch + "/tickets", Wanted, "my-1");
        Assert.Equal((string)first!["label"]!, (string)JsonNode.Parse(await again.Content.ReadAsStringAsync(Cancellation))!["label"]!);
        string ticket = $"{Branch}/tickets/{(string)first["label"]!}";
        await UntilAsync(program, ticket, HttpStatusCode.OK);
        Assert.Equal("waiting", (string)(await program.GetAsync(ticket))["state"]!);
        Assert.Equal(1, (int)(await program.GetAsync(Branch))["branch"]!["waiting"]!);

        using var leave = new HttpRequestMessage(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"{Branch}/visits/{(long)first["visit"]!}"));
        leave.Headers.Add("Idempotency-Key", "my-1-leaves");
        using HttpResponseMessage left = await program.Http.SendAsync(leave, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        await UntilAsync(program, ticket, HttpStatusCode.NotFound);
        using HttpResponseMessage unknown = await program.PostAsync(Branch + "/tickets", """{"service":"no-such"}""", "my-2");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using HttpResponseMessage without = await program.PostAsync(Branch + "/tickets", Wanted);
        Assert.Contains("Idempotency-Key", await without.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>Until what the branch has said last is known here.</summary>
    private static async Task UntilAsync(KeyedProgram program, string path, HttpStatusCode expected)
    {
        for (int looks = 0; looks < 600; looks++)
        {
            using HttpResponseMessage answer = await program.Http.GetAsync(path, Cancellation);
            if (answer.StatusCode == expected)
            {
                return;
            }

            await Task.Delay(100, Cancellation);
        }

        Assert.Fail($"{path} was never {expected}");
    }

    private static string Booking(string starts, string phone) =>
        $$"""{"service":"passport","startsAt":"{{starts}}","name":"Kari Nordmann","phone":"{{phone}}","language":"en","consent":true}""";

    [GeneratedRegex("eqk_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyText();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
