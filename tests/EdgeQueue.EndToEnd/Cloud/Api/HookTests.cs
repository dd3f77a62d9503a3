using System.Net;
using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Cloud.Reports;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Api;

/// <summary>A program is told of what happens, and tells people that their documents are ready.</summary>
public sealed class HookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_program_hears_of_bookings_signed_with_its_own_secret_and_tells_of_a_case_once(string kind)
    {
        using var receiver = new HookReceiver();
        await using BookableCloud bookable = await BookableCloud.StartAsync(kind, new Dictionary<string, string> { ["mail:hooksInside"] = "true", ["sms:provider"] = "show" });
        CloudUnderTest cloud = bookable.Cloud;
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud);
        using KeyedProgram other = await KeyedProgram.OfAsync(cloud, ["hooks:write"]);

        using HttpResponseMessage refused = await other.PostAsync("/api/v1/hooks", $$"""{"url":"{{receiver.Url}}","kinds":["booking.made"]}""");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using HttpResponseMessage wrong = await program.PostAsync("/api/v1/hooks", """{"url":"file:///etc/passwd","kinds":["booking.made"]}""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using HttpResponseMessage added = await program.PostAsync("/api/v1/hooks", $$"""{"url":"{{receiver.Url}}","kinds":["booking.made","booking.moved","booking.cancelled"]}""");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        JsonNode hook = JsonNode.Parse(await added.Content.ReadAsStringAsync(Cancellation))!;
        receiver.Key = (string)hook["secret"]!;
        Assert.DoesNotContain(receiver.Key, await program.Http.GetStringAsync("/api/v1/hooks", Cancellation), StringComparison.Ordinal);

        // On the page by a person, moved and cancelled by the program.
        string page = await bookable.BookAsync();
        string link = "/api/v1/bookings" + page["/b".Length..];
        JsonArray slots = (await program.GetAsync("/api/v1/branches/demo/services/passport/slots?days=2"))["items"]!.AsArray();
        using HttpResponseMessage moved = await program.PostAsync(link + "/move", $$"""{"startsAt":"{{(string)slots[9]!["startsAt"]!}}"}""");
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        using HttpResponseMessage cancelled = await program.Http.DeleteAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await Eventually.Is(() => receiver.Came.Count == 3, "the three changes are told", 60);
        JsonNode[] bodies = [.. receiver.Came.Select(c => JsonNode.Parse(c.Body)!)];
        Assert.Equal(["booking.made", "booking.moved", "booking.cancelled"], bodies.Select(b => (string)b["kind"]!));
        Assert.Equal(receiver.Came.Select(c => c.Id), bodies.Select(b => (string)b["id"]!));
        Assert.All(receiver.Came, c => Assert.DoesNotContain("Kari", c.Body, StringComparison.Ordinal));
        Assert.All(receiver.Came, c => Assert.DoesNotContain("91234567", c.Body, StringComparison.Ordinal));
        await Eventually.IsAsync(async () => (long)(await program.GetAsync("/api/v1/hooks"))["items"]![0]!["told"]! == 3, "that they were told is written down", 60);
        await cloud.SignInAsync();
        Assert.Contains(receiver.Url, await cloud.GetAsync("/keys"), StringComparison.Ordinal);
        Assert.Empty((await other.GetAsync("/api/v1/hooks"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.DeleteAsync("/api/v1/hooks/1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.Http.DeleteAsync("/api/v1/hooks/1", Cancellation)).StatusCode);

        const string Ready = """{"cases":[{"case":"2026-17","phone":"+47 912 34 567","language":"nb"}],"where":"Storgata 1","timeZone":"Europe/Oslo"}""";
        using HttpResponseMessage told = await program.PostAsync("/api/v1/documents/ready", Ready);
        Assert.Equal("""{"added":1,"before":0}""", await told.Content.ReadAsStringAsync(Cancellation));
        using HttpResponseMessage again = await program.PostAsync("/api/v1/documents/ready", Ready);
        Assert.Equal("""{"added":0,"before":1}""", await again.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from sms where purpose = 'ready'"));
        using HttpResponseMessage none = await program.PostAsync("/api/v1/documents/ready", """{"cases":[null,{"case":"x"}],"timeZone":"Europe/Oslo"}""");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }
}
