using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Cloud.Api;
using EdgeQueue.EndToEnd.Cloud.Bookings;

namespace EdgeQueue.EndToEnd.Cloud.Accounts;

/// <summary>
/// Requests that nobody should send, at every route of the program, signed in and not: whatever it is, it is answered, and never with a fault of ours.
/// The seed is fixed; a failure names the request.
/// </summary>
public sealed partial class FuzzTests
{
    private const int Seed = 20261122;

    private const int Requests = 1_500;

    /// <summary>Each works for a good part of a second, on purpose.</summary>
    private const int MostPasswords = 12;

    private static readonly string[] Words =
    [
        "", "0", "-1", "1", "9223372036854775807", "99999999999999999999", "%00", "a%00b", "%c3%28", "%ff%fe", "..%2f..%2fetc", "%2e%2e", "<b>", "';drop table account;--", "\" or 1=1", "%", "%zz", "+",
        "demo", "passport", "no-such", "en", "nb", "٣", "é", "日本", "%f0%9f%8e%ab", "2026-13-45", "2026-11-23", "0001-01-01", "9999-12-31", "true", "null", "{}", "[]", "head-office", "lise",
        "%0d%0aSet-Cookie:%20x", "{name}", "*", "@p0", "\\", "/", "//evil.example", "1e400", "NaN", "+47 912 34 567", "AAAAAAAAAAAAAAAAAAAAAA", new('A', 43), new('x', 300), new('9', 3000),
    ];

    private static readonly string[] Names =
        ["q", "lang", "from", "to", "day", "slot", "name", "phone", "consent", "password", "again", "old", "role", "regions", "branches", "region", "account", "what", "before", "id", "text", "type", "status",
         "score", "comment", "answer", "cursor", "limit", "branch", "service", "disabled", "startsAt", "label", "scopes", "url", "kinds", "cases", "where", "timeZone", "__proto__", "", "\0", new('n', 200)];

    private static readonly string[] Charsets = ["nonsense", "utf-7", "\"utf-7\"", "", "utf-16", "utf-32BE", "windows-1252", "iso-8859-1", "us-ascii", "UTF-8", "x; charset=utf-7"];

    private static readonly string[] Methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Whatever_anybody_sends_nothing_breaks(string kind)
    {
        await using BookableCloud bookable = await BookableCloud.StartAsync(kind, new Dictionary<string, string> { ["mobile:branches"] = "*", ["sms:inboundKey"] = "AAAAAAAAAAAAAAAAAAAAAA" });
        CloudUnderTest cloud = bookable.Cloud;
        (_, string said) = await cloud.CommandAsync("routes");
        string[][] routes = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('\t'))];
        string office = await OfficeAccount.EnterAsync(cloud.Database, "head-office");
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud);
        string key = program.Http.DefaultRequestHeaders.Authorization!.ToString();
        var random = new Random(Seed);
        int passwords = 0;
        var plans = new List<(int Number, string Method, string Path, string? Body, string? Type, bool SignedIn, string Header)>();
        for (int number = 0; number < Requests; number++)
        {
            string[] route = routes[random.Next(routes.Length)];
            string path = Hole().Replace(route[1], _ => Pick(random, Words).Replace("/", "%2F", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal));
            path = random.Next(10) == 0 ? path + "/" + Pick(random, Words) : path;
            string query = random.Next(2) == 0 ? "" : "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Uri.EscapeDataString(Pick(random, Names))}={Escaped(random)}"));
            string method = random.Next(10) == 0 ? Pick(random, Methods) : route[0];
            (string? body, string? type) = method is "POST" or "PUT" or "PATCH" or "DELETE" || (method == "GET" && random.Next(4) == 0) ? Body(random) : (null, null);
            if (route[1].StartsWith("/sign-in", StringComparison.Ordinal) && method == "POST" && ++passwords > MostPasswords)
            {
                continue;
            }

            plans.Add((number, method, path + query, body, type, random.Next(2) == 0 && route[1] != "/sign-out", Ascii(Pick(random, Words))));
        }

        var faults = new List<string>();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (plan, stop) =>
        {
            using HttpRequestMessage? request = RequestOf(cloud, plan, office, key);
            if (request is null)
            {
                return;
            }

            string what = $"{plan.Number}: {plan.Method} {plan.Path} {plan.Type} {plan.Body}";
            try
            {
                using HttpResponseMessage answer = await cloud.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                if ((int)answer.StatusCode >= 500)
                {
                    lock (faults)
                    {
                        faults.Add($"{(int)answer.StatusCode} {what}");
                    }
                }
            }
            catch (HttpRequestException fault)
            {
                lock (faults)
                {
                    faults.Add($"{fault.Message} {what}");
                }
            }
        });

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.DoesNotContain(" broke", cloud.Log, StringComparison.Ordinal);
        Assert.Equal("ok\n", await cloud.GetAsync("/readyz"));
    }

    private static HttpRequestMessage? RequestOf(CloudUnderTest cloud, (int Number, string Method, string Path, string? Body, string? Type, bool SignedIn, string Header) plan, string office, string key)
    {
        // As it is written here: a browser would mend it, somebody with a socket does not.
        if (!Uri.TryCreate(cloud.Url.ToString().TrimEnd('/') + plan.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out Uri? uri) || plan.Path.Any(c => c is < '!' or > '~'))
        {
            return null;
        }

        var request = new HttpRequestMessage(new(plan.Method), uri);
        request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.18.{plan.Number / 250}.{(plan.Number % 250) + 1}"));
        if (plan.SignedIn && plan.Path.StartsWith("/api/v1/", StringComparison.Ordinal))
        {
            request.Headers.Add("Authorization", key);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", plan.Header);
        }
        else if (plan.SignedIn)
        {
            request.Headers.Add("Cookie", office);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"edgequeue={plan.Header}; other");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + plan.Header);
        }

        foreach (string name in new[] { "Accept", "Accept-Language", "Origin", "If-None-Match", "Range", "X-Forwarded-Proto", "Last-Event-ID" }.Where((_, i) => (plan.Number >> i) % 7 == 0))
        {
            request.Headers.TryAddWithoutValidation(name, plan.Header);
        }

        if (plan.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(plan.Body));
            if (plan.Type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", plan.Type);
            }
        }

        return request;
    }

    private static (string? Body, string? Type) Body(Random random)
    {
        string form = string.Join('&', Enumerable.Range(0, random.Next(0, 8)).Select(_ => $"{Uri.EscapeDataString(Pick(random, Names))}={Escaped(random)}"));
        string json = "{" + string.Join(',', Enumerable.Range(0, random.Next(0, 6)).Select(_ => $"\"{Pick(random, Names).Replace("\0", "\\u0000", StringComparison.Ordinal)}\":{Value(random)}")) + "}";
        return random.Next(11) switch
        {
            0 => (null, null),
            1 => (form, "application/x-www-form-urlencoded; charset=" + Pick(random, Charsets)),
            10 => (json, "application/json; charset=" + Pick(random, Charsets)),
            2 => (json[..(json.Length / 2)], "application/json"),
            3 => ("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" + Pick(random, Words), "multipart/form-data; boundary=b"),
            4 => (new string('[', 5_000), "application/json"),
            5 or 6 => (json, "application/json"),
            _ => (form, "application/x-www-form-urlencoded"),
        };
    }

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => "null",
        1 => "-1",
        2 => "1e999",
        3 => "[{}]",
        4 => "\"\\ud800\\u0000\"",
        _ => System.Text.Json.Nodes.JsonValue.Create(Pick(random, Words))!.ToJsonString(),
    };

    /// <summary>As it is, or as a form writes it.</summary>
    private static string Escaped(Random random) => random.Next(2) == 0 ? Uri.EscapeDataString(Pick(random, Words)) : Pick(random, Words).Replace("&", "", StringComparison.Ordinal).Replace("#", "", StringComparison.Ordinal);

    /// <summary>What a client of HTTP lets into a header.</summary>
    private static string Ascii(string word) => Uri.EscapeDataString(word).Replace("%20", " ", StringComparison.Ordinal);

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
