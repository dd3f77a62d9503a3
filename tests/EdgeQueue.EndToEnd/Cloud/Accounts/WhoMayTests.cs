using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Accounts;

/// <summary>
/// Every route of the program, as the program itself lists them (<c>edgequeue-cloud routes</c>), for everybody. What each is meant to be stands in
/// <c>routes.txt</c> beside this file: whoever adds one says there whom it is for.
/// </summary>
public sealed partial class WhoMayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_route_is_for_whom_it_is_meant_and_answers_everybody_else_with_no()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        (int code, string said) = await cloud.CommandAsync("routes");
        Assert.Equal(0, code);
        string[] routes = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(await MeantAsync(), routes.Select(r => r.Replace('\t', ' ')).Order(StringComparer.Ordinal));

        string[] roles = ["", "head-office", "region", "branch-manager", "auditor"];
        Dictionary<string, string> sessions = [];
        foreach (string role in roles.Skip(1))
        {
            sessions[role] = await OfficeAccount.EnterAsync(cloud.Database, role);
        }

        int client = 0;
        foreach (string[] route in routes.Select(r => r.Split('\t')))
        {
            foreach (string role in roles)
            {
                using var request = new HttpRequestMessage(new(route[0]), Hole().Replace(route[1], h => h.Value.Contains(":long", StringComparison.Ordinal) ? "987654321" : "no-such-thing"));
                // Each from an address of its own: this is not about how often somebody asks.
                request.Headers.Add("X-Forwarded-For", $"198.18.{++client / 250}.{(client % 250) + 1}");
                if (role.Length > 0)
                {
                    request.Headers.Add("Cookie", route[1] == "/sign-out" ? await OfficeAccount.EnterAsync(cloud.Database, role) : sessions[role]);
                }

                using HttpResponseMessage answer = await cloud.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                int status = (int)answer.StatusCode;
                string what = $"{route[0]} {route[1]} for '{role}': {status}";
                // An account is no key: a program's routes are not for browsers that are signed in.
                bool key = route[2].StartsWith("key:", StringComparison.Ordinal);
                bool may = route[2] == "public" || route[2].Split(',').Contains(role);
                Assert.True(may ? status is not (401 or 403) : status == (role.Length == 0 || key ? 401 : 403), what);
                Assert.True(status < 500, what);
            }
        }
    }

    /// <summary>Its forms are hidden by the style sheet but those of the class <c>may</c>; that they are hidden is seen in a browser by NetworkTests.</summary>
    [Fact]
    public async Task Of_all_forms_the_auditor_is_shown_those_alone_that_they_may_send()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync();
        await cloud.SignInAsync("auditor");
        string[] meant = await MeantAsync();
        string[] pages = [.. meant.Where(m => m.StartsWith("GET ", StringComparison.Ordinal) && m.EndsWith("auditor", StringComparison.Ordinal) && !m.Contains('{', StringComparison.Ordinal)).Select(m => m.Split(' ')[1])
            .Where(p => p != "/" && !p.EndsWith("/live", StringComparison.Ordinal) && !p.Contains('.', StringComparison.Ordinal))];
        int shown = 0;
        foreach (string page in pages)
        {
            string html = await cloud.GetAsync(page);
            Assert.Contains("<body class=\"office looks\">", html, StringComparison.Ordinal);
            Assert.DoesNotContain("formaction", html, StringComparison.Ordinal);
            foreach (string form in Form().Matches(html).Select(m => m.Value).Where(f => f.Contains("method=\"post\"", StringComparison.Ordinal) && MayClass().IsMatch(f)))
            {
                string action = ActionOf().Match(form).Groups[1].Value;
                Assert.Contains(meant, m => m.StartsWith($"POST {action} ", StringComparison.Ordinal) && m.EndsWith("auditor", StringComparison.Ordinal));
                shown++;
            }
        }

        // On each of them "Sign out", and some more.
        Assert.True(pages.Length > 12 && shown > pages.Length, $"{shown} forms on {pages.Length} pages");
        Assert.Contains(".looks form[method=\"post\"]:not(.may)", await cloud.GetAsync("/site.css"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_form_of_another_site_changes_anything_whoever_is_signed_in()
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string> { ["proxies"] = "127.0.0.1" });
        await cloud.SignInAsync();
        foreach (string path in (await MeantAsync()).Where(m => m.StartsWith("POST ", StringComparison.Ordinal)).Select(m => m.Split(' ')[1]))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Hole().Replace(path, "1")) { Content = new FormUrlEncodedContent([new("name", "intruder"), new("role", "head-office")]) };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path}: {answer.StatusCode}");
        }

        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from account"));
        Assert.Equal(0, CloudAccounts.Scalar(cloud.Database, "select count(*) from audit"));
    }

    private static async Task<string[]> MeantAsync() =>
    [
        .. (await File.ReadAllLinesAsync(Path.Combine(Executables.Root(), "tests/EdgeQueue.EndToEnd/Cloud/Accounts/routes.txt"), Cancellation))
            .Where(l => l.Length > 0 && l[0] != '#').Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("<form[^>]*>")]
    private static partial Regex Form();

    [GeneratedRegex("class=\"([^\"]* )?may[ \"]")]
    private static partial Regex MayClass();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex ActionOf();
}
