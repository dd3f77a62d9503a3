using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>People book over the web, all at once and one after the other.</summary>
public sealed partial class BookingTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Of_200_people_who_want_the_same_time_at_once_one_gets_it_and_the_others_get_a_sentence_and_the_next_times(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind);
        long slot = (await cloud.NewPerson().SlotsAsync("passport"))[0];

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => cloud.NewPerson().HoldAsync("passport", slot)));

        HttpResponseMessage winner = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.StartsWith("/b/", winner.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(199, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        foreach (HttpResponseMessage loser in answers.Where(a => a != winner))
        {
            string page = await loser.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("Somebody else was a moment faster", page, StringComparison.Ordinal);
            long[] next = [.. Offered().Matches(page).Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal(6, next.Length);
            Assert.All(next, n => Assert.True(n > slot));
        }

        foreach (HttpResponseMessage answer in answers)
        {
            answer.Dispose();
        }

        Assert.DoesNotContain(slot, await cloud.NewPerson().SlotsAsync("passport"));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_booking_is_made_moved_and_cancelled_by_its_link_and_its_time_is_free_for_others_again(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind);
        BookableCloud.Person person = cloud.NewPerson();
        IReadOnlyList<long> slots = await person.SlotsAsync("passport");

        string link = await cloud.BookAsync();

        (_, string page) = await person.GetAsync(link + "?lang=en");
        Assert.Contains("Your time is booked", page, StringComparison.Ordinal);
        Assert.Contains("Kari Nordmann", page, StringComparison.Ordinal);
        string number = NumberOn().Match(page).Groups[1].Value;
        Assert.Equal(7, number.Length);
        Assert.DoesNotContain(slots[0], await person.SlotsAsync("passport"));

        using (HttpResponseMessage moved = await person.SendAsync(link + "/move", ("slot", slots[3].ToString(System.Globalization.CultureInfo.InvariantCulture))))
        {
            Assert.Equal(HttpStatusCode.SeeOther, moved.StatusCode);
        }

        IReadOnlyList<long> after = await person.SlotsAsync("passport");
        Assert.Contains(slots[0], after);
        Assert.DoesNotContain(slots[3], after);
        string calendar = await cloud.Cloud.GetAsync(link + "/booking.ics");
        Assert.Contains($"DTSTART:{DateTime.UnixEpoch.AddMilliseconds(slots[3]):yyyyMMdd'T'HHmmss'Z'}\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains(number, calendar, StringComparison.Ordinal);

        using (HttpResponseMessage cancelled = await person.SendAsync(link + "/cancel"))
        using (HttpResponseMessage again = await person.SendAsync(link + "/cancel"))
        {
            Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (cancelled.StatusCode, again.StatusCode));
        }

        Assert.Contains(slots[3], await person.SlotsAsync("passport"));
        Assert.Contains("The booking is cancelled", (await person.GetAsync(link + "?lang=en")).Text, StringComparison.Ordinal);
        using HttpResponseMessage late = await person.SendAsync(link + "/move", ("slot", slots[5].ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_booking_and_what_is_missing_is_said_beside_it()
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(offers: BookableCloud.Offers(freedAfter: 30));
        BookableCloud.Person person = cloud.NewPerson();
        long slot = (await person.SlotsAsync("passport"))[0];
        using HttpResponseMessage held = await person.HoldAsync("passport", slot);
        string link = held.Headers.Location!.OriginalString;

        foreach ((string name, string phone, string consent, string sentence) in new[]
        {
            ("", "91234567", "yes", "Write your name"), ("Kari", "12", "yes", "This is not a phone number"), ("Kari", "91234567", "", "Without your consent"),
        })
        {
            using HttpResponseMessage refused = await person.SendAsync(link + "/book", ("name", name), ("phone", phone), ("consent", consent), ("lang", "en"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(sentence, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        for (int times = 0; times < 2; times++)
        {
            using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari"), ("phone", "91234567"), ("consent", "yes"));
            Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        }

        Assert.Equal(1, await CountAsync(cloud, "select count(*) from booking where state = 'booked'"));
        Assert.Equal(1, await CountAsync(cloud, "select count(*) from person"));

        // Given back it appears to others only after the delay of the offer.
        using HttpResponseMessage cancelled = await person.SendAsync(link + "/cancel");
        Assert.DoesNotContain(slot, await person.SlotsAsync("passport"));
    }

    [Fact]
    public async Task A_number_has_three_open_bookings_and_not_four()
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        for (int index = 0; index < 3; index++)
        {
            await cloud.BookAsync();
        }

        BookableCloud.Person person = cloud.NewPerson();
        using HttpResponseMessage held = await person.HoldAsync("passport", (await person.SlotsAsync("passport"))[0]);
        using HttpResponseMessage fourth = await person.SendAsync(
            held.Headers.Location!.OriginalString + "/book", ("name", "Kari"), ("phone", "+47 91234567"), ("consent", "yes"), ("lang", "en"));
        Assert.Contains("as many open bookings as it may have", await fourth.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_and_a_number_are_in_one_table_are_exported_and_erased_by_the_number_and_no_secret_is_stored()
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        await cloud.Cloud.SignInAsync();
        string link = await cloud.BookAsync(name: "Solveig Unik-Prøve", phone: "+47 998 77 665");

        using var export = new HttpRequestMessage(HttpMethod.Post, "/people/export") { Content = new FormUrlEncodedContent([new("phone", "004799877665")]) };
        using HttpResponseMessage exported = await cloud.Cloud.Http.SendAsync(export, TestContext.Current.CancellationToken);
        string kept = await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"name\":\"Solveig Unik-Pr", kept, StringComparison.Ordinal);
        Assert.Contains("\"what\":\"booking\"", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(link["/b/".Length..], kept, StringComparison.Ordinal);
        using var search = new HttpRequestMessage(HttpMethod.Post, "/people") { Content = new FormUrlEncodedContent([new("phone", "004799877665")]) };
        using HttpResponseMessage shown = await cloud.Cloud.Http.SendAsync(search, TestContext.Current.CancellationToken);
        Assert.Contains("service: passport", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["person"], await TablesWithAsync(cloud, "Solveig Unik-Prøve"));
        Assert.Equal(["person"], await TablesWithAsync(cloud, "99877665"));
        Assert.Empty(await TablesWithAsync(cloud, link["/b/".Length..]));
        Assert.DoesNotContain("99877665", cloud.Cloud.Log, StringComparison.Ordinal);

        using var erase = new HttpRequestMessage(HttpMethod.Post, "/people/erase") { Content = new FormUrlEncodedContent([new("phone", "+4799877665")]) };
        using HttpResponseMessage erased = await cloud.Cloud.Http.SendAsync(erase, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Empty(await TablesWithAsync(cloud, "Solveig Unik-Prøve"));
        Assert.Empty(await TablesWithAsync(cloud, "99877665"));
        Assert.Contains("Your time is booked", (await cloud.NewPerson().GetAsync(link + "?lang=en")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_booking_whose_time_has_come_shows_no_button_that_would_be_refused_and_one_of_yesterday_says_that_it_is_over(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind);
        string link = await cloud.BookAsync();
        BookableCloud.Person person = cloud.NewPerson();
        Assert.Contains(link + "/cancel", (await person.GetAsync(link + "?lang=en")).Text, StringComparison.Ordinal);
        Assert.Contains("Cancel this booking?", (await person.GetAsync(link + "/cancel?lang=en")).Text, StringComparison.Ordinal);

        await BeginsAsync(minutes: -10);
        (_, string begun) = await person.GetAsync(link + "?lang=en");
        Assert.Contains("Your time is booked", begun, StringComparison.Ordinal);
        Assert.DoesNotContain("/cancel?", begun, StringComparison.Ordinal);
        Assert.DoesNotContain("/move?", begun, StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel this booking?", (await person.GetAsync(link + "/cancel?lang=en")).Text, StringComparison.Ordinal);
        using HttpResponseMessage refused = await person.SendAsync(link + "/cancel");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Back to the booking", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Its branch is away and has not said who came.
        await BeginsAsync(minutes: -24 * 60);
        Assert.Contains("This time is over", (await person.GetAsync(link + "?lang=en")).Text, StringComparison.Ordinal);

        Task BeginsAsync(int minutes)
        {
            long at = DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeMilliseconds();
            return Accounts.OfficeAccount.RunAsync(cloud.Cloud.Database, FormattableString.Invariant($"update booking set starts_at = {at}, ends_at = {at + 1_800_000}"));
        }
    }

    [Fact]
    public async Task A_link_to_a_day_shows_that_day_however_far_ahead()
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        string day = DateTime.UtcNow.AddDays(25).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        (_, string page) = await cloud.NewPerson().GetAsync($"/book/demo/passport?lang=en&day={day}");

        Assert.Contains($"day={day}#times\" aria-current=\"date\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_strangers_send_is_answered_and_never_breaks_anything()
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        string[] words = ["", "0", "-1", "99999999999999999999", "%00", "..%2f..", "<b>", "'; drop table booking;--", "demo", "passport", new('x', 300), "٣", "é", "2026-13-45"];
        foreach (string word in words)
        {
            string escaped = Uri.EscapeDataString(word);
            foreach (string path in new[]
            {
                $"/book?q={escaped}&lang={escaped}", $"/book/{escaped}", $"/book/demo/{escaped}", $"/book/demo/passport?day={escaped}&from={escaped}&lang={escaped}", $"/book/demo/{escaped}/hold",
                $"/b/{escaped}", $"/b/{escaped}/book", $"/b/{escaped}/move", $"/b/{escaped}/cancel", $"/b/{escaped}/booking.ics", $"/book/{escaped}/privacy",
            })
            {
                Assert.InRange((int)(await cloud.NewPerson().GetAsync(path)).Status, 200, 499);
                using HttpResponseMessage sent = await cloud.NewPerson().SendAsync(path, ("slot", word), ("lang", word), ("name", word), ("phone", word));
                Assert.InRange((int)sent.StatusCode, 200, 499);
            }

            using HttpResponseMessage hold = await cloud.NewPerson().SendAsync("/book/demo/passport/hold", ("slot", word), ("lang", word));
            Assert.Equal(HttpStatusCode.Conflict, hold.StatusCode);
        }

        Assert.Equal(0, await CountAsync(cloud, "select count(*) from booking"));
        BookableCloud.Person greedy = cloud.NewPerson();
        long slot = (await greedy.SlotsAsync("passport"))[0];
        var codes = new List<HttpStatusCode>();
        for (int times = 0; times < 25; times++)
        {
            using HttpResponseMessage held = await greedy.HoldAsync("passport", slot);
            codes.Add(held.StatusCode);
        }

        Assert.Equal(5, codes.Count(c => c == HttpStatusCode.TooManyRequests));
    }

    internal static async Task<long> CountAsync(BookableCloud cloud, string sql)
    {
        await using var connection = new SqliteConnection("Data Source=" + cloud.Cloud.Database["sqlite:".Length..]);
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Tables of the database in which a text stands anywhere.</summary>
    private static async Task<IReadOnlyList<string>> TablesWithAsync(BookableCloud cloud, string text)
    {
        await using var connection = new SqliteConnection("Data Source=" + cloud.Cloud.Database["sqlite:".Length..]);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (SqliteCommand names = connection.CreateCommand())
        {
            names.CommandText = "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name";
            await using SqliteDataReader reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var found = new List<string>();
        foreach (string table in tables)
        {
            await using SqliteCommand rows = connection.CreateCommand();
            rows.CommandText = $"select * from \"{table}\"";
            await using SqliteDataReader reader = await rows.ExecuteReaderAsync();
            bool has = false;
            while (await reader.ReadAsync())
            {
                has |= Enumerable.Range(0, reader.FieldCount).Any(i => !reader.IsDBNull(i) && reader.GetValue(i).ToString()!.Contains(text, StringComparison.Ordinal));
            }

            if (has)
            {
                found.Add(table);
            }
        }

        Assert.NotEmpty(tables);
        return found;
    }

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex Offered();

    [GeneratedRegex("""class="number" dir="ltr">(\d+)<""")]
    private static partial Regex NumberOn();
}
