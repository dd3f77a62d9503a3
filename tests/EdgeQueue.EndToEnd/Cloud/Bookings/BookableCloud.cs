using System.Net;
using System.Text.RegularExpressions;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>A cloud in which the branch <c>demo</c> can be booked, and people who do it over HTTP, each from an address of their own.</summary>
internal sealed partial class BookableCloud : IAsyncDisposable
{
    private int _people;

    private BookableCloud(CloudUnderTest cloud, string folder) => (Cloud, Folder) = (cloud, folder);

    public CloudUnderTest Cloud { get; }

    /// <summary>With the offers and, when a test puts it there, <c>keys/demo.key</c>.</summary>
    public string Folder { get; }

    public static async Task<BookableCloud> StartAsync(string kind = "sqlite", IReadOnlyDictionary<string, string>? more = null, string? offers = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        string folder = Directory.CreateTempSubdirectory("edgequeue-bookings-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(folder, "offers.json"), offers ?? Offers());
        var settings = new Dictionary<string, string>
        {
            ["bookings:offers"] = Path.Combine(folder, "offers.json"), ["bookings:phoneKeys"] = Path.Combine(folder, "keys"),
            // The tests say from where each person comes.
            ["proxies"] = "127.0.0.1",
        };
        foreach ((string name, string value) in more ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        return new(await CloudUnderTest.StartAsync(kind, settings, environment), folder);
    }

    /// <summary>The day that tests book on: its first slot, at midnight in Oslo, lies more than a reminder's 24 h and an hour ahead at any time of the day.</summary>
    public static string Day { get; } = DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Open all day, every day: a test runs at any hour.</summary>
    public static string Offers(int capacity = 1, int freedAfter = 0, int hold = 5, int notice = 0) => $$$"""
        {"branches":[{
          "revision":1,"branch":"demo","languages":["nb","en","uk","ar"],"timeZone":"Europe/Oslo","countryCode":"47",
          "name":{"nb":"Servicetorget","en":"The service centre","uk":"Сервісний центр","ar":"مركز الخدمة"},
          "address":{"nb":"Storgata 1, Oslo","ar":"شارع ستورغاتا ١، أوسلو"},
          "hours":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]},
          "services":[
            {"service":"passport","minutes":30,"capacity":{{{capacity}}},"noticeMinutes":{{{notice}}},"freedAfterMinutes":{{{freedAfter}}},"holdMinutes":{{{hold}}},
             "name":{"nb":"Pass og ID-kort","en":"Passports and ID cards","uk":"Паспорти та посвідчення","ar":"جوازات السفر وبطاقات الهوية"},
             "notes":{"en":"Your old passport\nA photograph is taken here","nb":"Det gamle passet\nBildet tas her","ar":"جواز السفر القديم"}},
            {"service":"general","minutes":15,"capacity":2,"noticeMinutes":0,"name":{"nb":"Generell hjelp","en":"General help","uk":"Загальні питання","ar":"مساعدة عامة"}}]}]}
        """;

    /// <summary>Somebody else: the bounds count by address.</summary>
    public Person NewPerson()
    {
        int number = Interlocked.Increment(ref _people);
        return new(Cloud.Http, $"198.51.{number / 250}.{(number % 250) + 1}");
    }

    /// <summary>Somebody books a slot.</summary>
    /// <param name="index">Which of that day's free slots.</param>
    /// <returns>The path of the booking.</returns>
    public async Task<string> BookAsync(string service = "passport", int index = 0, string name = "Kari Nordmann", string phone = "912 34 567")
    {
        Person person = NewPerson();
        long slot = (await person.SlotsAsync(service))[index];
        using HttpResponseMessage held = await person.HoldAsync(service, slot);
        Assert.Equal(HttpStatusCode.SeeOther, held.StatusCode);
        string link = held.Headers.Location!.OriginalString;
        using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", name), ("phone", phone), ("consent", "yes"));
        Assert.True(booked.StatusCode == HttpStatusCode.SeeOther, await booked.Content.ReadAsStringAsync());
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A browser without scripts.</summary>
    internal sealed partial class Person(HttpClient http, string address)
    {
        public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-For", address);
            request.Headers.Add("Accept", "text/html");
            using HttpResponseMessage answer = await http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)) };
            request.Headers.Add("X-Forwarded-For", address);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            return await http.SendAsync(request);
        }

        public Task<HttpResponseMessage> HoldAsync(string service, long slot) =>
            SendAsync($"/book/demo/{service}/hold", ("slot", slot.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("lang", "en"));

        /// <summary>The slots of <see cref="Day"/> that can be chosen, from the page.</summary>
        public async Task<IReadOnlyList<long>> SlotsAsync(string service)
        {
            (HttpStatusCode status, string page) = await GetAsync($"/book/demo/{service}?lang=en&day={Day}");
            Assert.Equal(HttpStatusCode.OK, status);
            return [.. FreeSlot().Matches(page).Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        }

        [GeneratedRegex("""name="slot" value="(\d+)">""")]
        private static partial Regex FreeSlot();
    }
}
