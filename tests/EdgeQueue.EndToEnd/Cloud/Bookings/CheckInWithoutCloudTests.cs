using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Bookings;

/// <summary>Booked on the web, checked in at the branch: a real hub with a real cloud, which is gone when people come.</summary>
public sealed partial class CheckInWithoutCloudTests
{
    private const string Phone = "91234567";

    private static readonly byte[] Key = [.. Enumerable.Range(1, PhoneHash.KeyLength).Select(i => (byte)i)];

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Who_booked_on_the_web_checks_in_by_number_by_phone_and_by_code_while_the_cloud_is_gone(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        // A hub may say what it holds before anybody of the cloud listens; or come when all are there.
        bool hubFirst = kind == "sqlite";
        HubUnderTest? early = hubFirst ? await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker)) : null;
        await Eventually.Is(() => early is null || early.Log.Contains("connected to the cloud", StringComparison.Ordinal), "the hub is there before the cloud");
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, CloudStage.SettingsOf(broker), Offers);
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "keys", Broker.Branch + ".key"), Convert.ToHexStringLower(Key), TestContext.Current.CancellationToken);
        string byNumber = await BookAsync(cloud, 0, "98765432");
        await using HubUnderTest hub = early ?? await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        // These are made while the hub is there.
        string byPhone = await BookAsync(cloud, 0, Phone);
        string byCode = await BookAsync(cloud, 0, "40000002");
        string cancelled = await BookAsync(cloud, 0, "40000001");
        await Eventually.IsAsync(async () => await HeldAsync(hub) == Version(cloud), "the hub holds it before it is cancelled");
        using (HttpResponseMessage done = await cloud.NewPerson().SendAsync(cancelled + "/cancel"))
        {
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        }

        string number = await NumberAsync(cloud, byNumber);
        await Eventually.IsAsync(async () => await HeldAsync(hub) == Version(cloud), "the hub holds what was booked");

        cloud.Cloud.Kill();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        TicketResult first = Ticket(await CheckInAsync(dispenser, CheckInBy.Number, number));
        TicketResult second = Ticket(await CheckInAsync(dispenser, CheckInBy.Phone, PhoneHash.Of(Key, Phone, "47", "")!));
        TicketResult third = Ticket(await CheckInAsync(dispenser, CheckInBy.Token, CodeOf(byCode)));

        Assert.Equal(3, new HashSet<string>([first.Label, second.Label, third.Label]).Count);
        Assert.Equal("bookingWithdrawn", (await CheckInAsync(dispenser, CheckInBy.Token, CodeOf(cancelled))).Refusal?.Code);
        Assert.Equal("unknownBooking", (await CheckInAsync(dispenser, CheckInBy.Number, "1234567")).Refusal?.Code);
        // The cloud comes back and hears it: the link's page says so, and nothing can be cancelled any more.
        await cloud.Cloud.StartAgainAsync();
        BookableCloud.Person person = cloud.NewPerson();
        await Eventually.IsAsync(async () => (await person.GetAsync(byPhone + "?lang=en")).Text.Contains("You have checked in", StringComparison.Ordinal), "the cloud knows who came");
        using HttpResponseMessage late = await person.SendAsync(byNumber + "/cancel");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        // Names and numbers have stayed in the cloud.
        string journal = string.Join('\n', await hub.ExportAsync());
        Assert.Contains(number, journal, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, journal, StringComparison.Ordinal);
        Assert.DoesNotContain("Nordmann", journal, StringComparison.Ordinal);
    }

    private static string Offers => BookableCloud.Offers(capacity: 2).Replace("\"branch\":\"demo\"", $"\"branch\":\"{Broker.Branch}\"", StringComparison.Ordinal);

    /// <summary>One of the next slots: they can be checked in already.</summary>
    private static async Task<string> BookAsync(BookableCloud cloud, int index, string phone)
    {
        BookableCloud.Person person = cloud.NewPerson();
        (_, string page) = await person.GetAsync($"/book/{Broker.Branch}/general?lang=en");
        string slot = Slot().Matches(page)[index].Groups[1].Value;
        using HttpResponseMessage held = await person.SendAsync($"/book/{Broker.Branch}/general/hold", ("slot", slot), ("lang", "en"));
        string link = held.Headers.Location!.OriginalString;
        using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari Nordmann"), ("phone", phone), ("consent", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, booked.StatusCode);
        return link;
    }

    private static async Task<string> NumberAsync(BookableCloud cloud, string link) =>
        Number().Match((await cloud.NewPerson().GetAsync(link)).Text).Groups[1].Value;

    /// <summary>What the QR code on the page holds; it is made from the link one way.</summary>
    private static string CodeOf(string link) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(link["/b/".Length..]), "check-in"u8).AsSpan(0, 16));

    private static async Task<ReplyMessage> CheckInAsync(TestUnit dispenser, CheckInBy by, string value)
    {
        string press = TestUnit.NewId();
        return TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(press, new CheckIn(press, by, value, null, default))));
    }

    private static TicketResult Ticket(ReplyMessage reply)
    {
        Assert.True(reply.Ticket is not null, reply.Refusal?.Sentence);
        return reply.Ticket!;
    }

    private static async Task<long> HeldAsync(HubUnderTest hub) => (await hub.ExportAsync())
        .Select(l => Applied().Match(l)).Where(m => m.Success).Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).LastOrDefault();

    private static long Version(BookableCloud cloud) => CloudAccounts.Scalar(cloud.Cloud.Database, "select version from booking_version");

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex Slot();

    [GeneratedRegex("""class="number" dir="ltr">(\d+)<""")]
    private static partial Regex Number();

    [GeneratedRegex("""ookingsApplied.*"version":(\d+)""")]
    private static partial Regex Applied();
}
