using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Reports;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>Mails about bookings through a real SMTP server, once each.</summary>
public sealed partial class BookingMailTests
{
    [Fact]
    public async Task Who_gives_a_mail_address_hears_of_booking_move_and_cancellation_once_and_the_address_is_in_one_table()
    {
        using var mail = new MailServer();
        await using BookableCloud cloud = await StartAsync(mail);
        await cloud.Cloud.SignInAsync();
        BookableCloud.Person person = cloud.NewPerson();
        IReadOnlyList<long> slots = await person.SlotsAsync("passport");
        using HttpResponseMessage held = await person.HoldAsync("passport", slots[0]);
        string link = held.Headers.Location!.OriginalString;
        foreach ((string phone, string address, string sentence) in new[]
        {
            ("", "", "Write your phone number or your mail address"), ("12", "kari@example.org", "This is not a phone number"), ("", "kari@example.org\r\nBcc: evil@example.org", "This is not a mail address"),
        })
        {
            using HttpResponseMessage refused = await person.SendAsync(link + "/book", ("name", "Kari"), ("phone", phone), ("mail", address), ("consent", "yes"), ("lang", "en"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(sentence, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using (HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari Nordmann"), ("phone", ""), ("mail", "Unik.Prove@example.org"), ("consent", "yes")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        }

        await Eventually.Is(() => mail.Mails.Length == 1, "the confirmation came");
        (string heads, string texts) = MailServer.Read(mail.Mails[0]);
        Assert.Contains("To: Unik.Prove@example.org", heads, StringComparison.Ordinal);
        string calendar = Calendar().Match(Unfolded(mail.Mails[0])).Value;
        Assert.True(new[] { "charset=utf-8", "method=PUBLISH", "name=booking.ics" }.All(p => calendar.Contains(p, StringComparison.OrdinalIgnoreCase)), mail.Mails[0]);
        // The branch's name has a line break and a header in it: it ends as text.
        Assert.DoesNotMatch("(?im)^Bcc:", mail.Mails[0]);
        Assert.Contains("Booked", texts, StringComparison.Ordinal);
        Assert.Contains(link, texts, StringComparison.Ordinal);
        Assert.Contains("Your old passport\nA photograph", texts.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"DTSTART:{DateTime.UnixEpoch.AddMilliseconds(slots[0]):yyyyMMdd'T'HHmmss'Z'}", texts, StringComparison.Ordinal);
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddMilliseconds(slots[0]), TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));
        Assert.Contains(local.ToString(", HH:mm", System.Globalization.CultureInfo.InvariantCulture), texts, StringComparison.Ordinal);
        Assert.DoesNotContain("Nordmann", texts, StringComparison.Ordinal);

        using (HttpResponseMessage moved = await person.SendAsync(link + "/move", ("slot", slots[2].ToString(System.Globalization.CultureInfo.InvariantCulture))))
        using (HttpResponseMessage cancelled = await person.SendAsync(link + "/cancel"))
        {
            Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (moved.StatusCode, cancelled.StatusCode));
        }

        await Eventually.Is(() => mail.Mails.Length == 3, "the move and the cancellation came");
        Assert.Contains(mail.Mails, m => MailServer.Read(m).Texts.Contains("SEQUENCE:1", StringComparison.Ordinal) && MailServer.Read(m).Texts.Contains("STATUS:CONFIRMED", StringComparison.Ordinal));
        Assert.Contains(mail.Mails, m => MailServer.Read(m).Texts.Contains("SEQUENCE:2", StringComparison.Ordinal) && MailServer.Read(m).Texts.Contains("STATUS:CANCELLED", StringComparison.Ordinal));
        // A reminder of before waits, and will say nothing; what has left is kept nowhere, and the address is in one row.
        await Eventually.IsAsync(async () => await BookingTests.CountAsync(cloud, "select count(*) from notice where state = 'sent' and body = '' and length(file) = 0") == 3, "what was sent is forgotten");
        Assert.Equal(1, Places(cloud, "prove@example"));
        Assert.DoesNotContain("prove@example", cloud.Cloud.Log, StringComparison.OrdinalIgnoreCase);

        using var erase = new HttpRequestMessage(HttpMethod.Post, "/people/erase") { Content = new FormUrlEncodedContent([new("phone", "unik.prove@EXAMPLE.org")]) };
        using HttpResponseMessage erased = await cloud.Cloud.Http.SendAsync(erase, TestContext.Current.CancellationToken);
        Assert.Contains("Erased: 1 entry.", await erased.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, Places(cloud, "prove@example"));
        Assert.Equal(0, await BookingTests.CountAsync(cloud, "select count(*) from notice where person is not null"));
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task A_mail_of_which_nobody_knows_whether_it_was_taken_is_shown_and_not_sent_again_by_a_restart()
    {
        using var mail = new MailServer();
        await using BookableCloud cloud = await StartAsync(mail);
        await cloud.Cloud.SignInAsync();
        mail.Break();
        BookableCloud.Person person = cloud.NewPerson();
        using HttpResponseMessage held = await person.HoldAsync("passport", (await person.SlotsAsync("passport"))[0]);
        using HttpResponseMessage booked = await person.SendAsync(
            held.Headers.Location!.OriginalString + "/book", ("name", "Kari"), ("phone", "912 34 567"), ("mail", "kari@example.org"), ("consent", "yes"));
        await Eventually.IsAsync(async () => await BookingTests.CountAsync(cloud, "select count(*) from notice where state = 'uncertain'") == 1, "it is uncertain");

        cloud.Cloud.Kill();
        await cloud.Cloud.StartAgainAsync();

        string page = await cloud.Cloud.GetAsync("/notices");
        Assert.Contains("uncertain</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kari@", page, StringComparison.Ordinal);
        // A later one goes out: the sender has been past the first.
        using HttpResponseMessage cancelled = await person.SendAsync(held.Headers.Location!.OriginalString + "/cancel");
        await Eventually.Is(() => mail.Mails.Length == 2, "the cancellation came");
        Assert.Single(mail.Mails, m => MailServer.Read(m).Texts.Contains("STATUS:CONFIRMED", StringComparison.Ordinal));
    }

    private static Task<BookableCloud> StartAsync(MailServer mail)
    {
        string offers = BookableCloud.Offers().Replace("\"revision\":1", "\"revision\":1,\"mailInsteadOfPhone\":true", StringComparison.Ordinal)
            .Replace("\"en\":\"The service centre\"", "\"en\":\"The service centre\\r\\nBcc: evil@example.org\"", StringComparison.Ordinal);
        return BookableCloud.StartAsync(more: mail.Settings, offers: offers, environment: mail.Trust);
    }

    private static string Unfolded(string mail) => Fold().Replace(mail, " ");

    /// <summary>In how many fields of all tables a text is.</summary>
    private static int Places(BookableCloud cloud, string text)
    {
        using var connection = new SqliteConnection($"Data Source={cloud.Cloud.Database["sqlite:".Length..]}");
        connection.Open();
        var tables = new List<string>();
        using (SqliteCommand all = connection.CreateCommand())
        {
            all.CommandText = "select name from sqlite_master where type = 'table'";
            using SqliteDataReader reader = all.ExecuteReader();
            while (reader.Read())
            {
                tables.Add(reader.GetString(0));
            }
        }

        int places = 0;
        foreach (string table in tables)
        {
            using SqliteCommand rows = connection.CreateCommand();
            rows.CommandText = $"select * from {table}";
            using SqliteDataReader reader = rows.ExecuteReader();
            while (reader.Read())
            {
                for (int column = 0; column < reader.FieldCount; column++)
                {
                    string value = reader.GetValue(column) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : reader.GetValue(column).ToString() ?? "";
                    places += value.Contains(text, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                }
            }
        }

        return places;
    }

    [GeneratedRegex("(?im)^content-type: text/calendar;.*$")]
    private static partial Regex Calendar();

    [GeneratedRegex(@"\r?\n[ \t]+")]
    private static partial Regex Fold();
}
