using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Api.Hooks;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Cloud.Api;

/// <summary>What programs are told, over a real database; the receiver is played.</summary>
public sealed class HookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hook_is_told_what_it_asked_for_in_order_and_once_however_often_the_events_come()
    {
        await using Listening all = await Listening.StartAsync();
        AddedHook hook = await all.AddAsync([HookKinds.TicketIssued, HookKinds.TicketCalled, HookKinds.TicketServed]);
        Event[] day =
        [
            Issued(1, "A001"), new VisitCalled(1, "c1", "hall", "op", null!, new(2_000)), new VisitArrived(1, "c1", new(3_000)),
            new VisitEnded(1, VisitEnd.Finished, null, new(4_000)), Issued(2, "A002"), new VisitEnded(2, VisitEnd.NoShow, null, new(9_000)),
        ];
        await all.HappenAsync("oslo", day);
        await all.HappenAsync("oslo", day);

        await all.Sender.EmptyAsync(Cancellation);

        JsonNode[] told = [.. all.Told.Select(t => JsonNode.Parse(t.Body)!)];
        Assert.Equal(["ticket.issued", "ticket.called", "ticket.served", "ticket.issued"], told.Select(t => (string)t["kind"]!));
        Assert.Equal(all.Told.Select(t => t.Id), told.Select(t => (string)t["id"]!));
        Assert.Equal(("oslo", "A001", 1L), ((string)told[0]["branch"]!, (string)told[0]["data"]!["ticket"]!, (long)told[0]["data"]!["visit"]!));
        Assert.Equal("c1", (string)told[1]["data"]!["counter"]!);
        Assert.All(all.Told, t => Assert.Equal((hook.Url, hook.Secret), (t.Url, t.Secret)));
        HookItem item = Assert.Single(await all.Book.ListAsync(1, Cancellation));
        Assert.Equal((4L, 0L, 0L, 0L), (item.Told, item.Waiting, item.GivenUp, item.Lost));
    }

    [Fact]
    public async Task One_that_does_not_answer_is_tried_again_later_with_the_same_id_and_does_not_hold_up_another()
    {
        await using Listening all = await Listening.StartAsync();
        AddedHook broken = await all.AddAsync([HookKinds.TicketIssued]);
        AddedHook well = await all.AddAsync([HookKinds.TicketIssued]);
        all.Answer = url => url == broken.Url ? new(Handing.NotNow, "it answered 503") : new(Handing.Accepted);
        await all.HappenAsync("oslo", Issued(1, "A001"), Issued(2, "A002"));

        await all.Sender.EmptyAsync(Cancellation);
        Assert.Equal([broken.Url, well.Url, well.Url], all.Told.Select(t => t.Url).Order(StringComparer.Ordinal));
        string first = all.Told.Single(t => t.Url == broken.Url).Id;
        HookItem failing = (await all.Book.ListAsync(1, Cancellation))[0];
        Assert.Equal((2L, "it answered 503", null), (failing.Waiting, failing.Fault, failing.Disabled));

        // Not before its time; then the same one first, and what came after it.
        all.Told.Clear();
        all.Answer = _ => new(Handing.Accepted);
        await all.Sender.EmptyAsync(Cancellation);
        Assert.Empty(all.Told);
        all.Cloud.Time.Advance(TimeSpan.FromSeconds(11));
        await all.Sender.EmptyAsync(Cancellation);
        Assert.Equal([first], all.Told.Take(1).Select(t => t.Id));
        Assert.Equal(2, all.Told.Count);
        Assert.Null((await all.Book.ListAsync(1, Cancellation))[0].FailingSince);
    }

    [Fact]
    public async Task What_is_refused_is_given_up_and_listed_and_after_days_the_hook_is_switched_off_until_somebody_mends_it()
    {
        await using Listening all = await Listening.StartAsync();
        AddedHook hook = await all.AddAsync([HookKinds.TicketIssued]);
        all.Answer = _ => new(Handing.Refused, "it answered 404");
        await all.HappenAsync("oslo", Issued(1, "A001"));
        await all.Sender.EmptyAsync(Cancellation);
        HookBook.GivenUp given = Assert.Single((await all.Book.GivenUpAsync(1, hook.Id, long.MaxValue, Cancellation))!);
        Assert.Equal(("ticket.issued", 1L, "it answered 404"), (given.Kind, given.Tries, given.Fault));
        Assert.Null(await all.Book.GivenUpAsync(2, hook.Id, long.MaxValue, Cancellation));

        all.Cloud.Time.Advance(TimeSpan.FromDays(3));
        await all.HappenAsync("oslo", Issued(1, "A001"), Issued(2, "A002"));
        await all.Outbox.TidyAsync(3 * 86_400_000L, Cancellation);
        HookItem off = Assert.Single(await all.Book.ListAsync(1, Cancellation));
        Assert.Equal((0L, 2L), (off.Waiting, off.GivenUp));
        Assert.NotNull(off.Disabled);
        await all.HappenAsync("bergen", Issued(1, "A001"));
        Assert.Equal(0, (await all.Book.ListAsync(1, Cancellation))[0].Waiting);

        Assert.False(await all.Book.EnableAsync(2, hook.Id, Cancellation));
        Assert.True(await all.Book.EnableAsync(1, hook.Id, Cancellation));
        all.Answer = _ => new(Handing.Accepted);
        await all.HappenAsync("bergen", Issued(1, "A001"), Issued(2, "A002"));
        await all.Sender.EmptyAsync(Cancellation);
        Assert.Equal(2, (await all.Book.ListAsync(1, Cancellation))[0].Told);

        // Given-up ones are kept for a month.
        all.Cloud.Time.Advance(TimeSpan.FromDays(31));
        await all.Outbox.TidyAsync(3 * 86_400_000L, Cancellation);
        Assert.Empty((await all.Book.GivenUpAsync(1, hook.Id, long.MaxValue, Cancellation))!);
    }

    [Fact]
    public async Task More_than_may_wait_is_counted_as_lost_and_a_key_of_a_region_hears_of_its_branches_alone()
    {
        await using Listening all = await Listening.StartAsync(new ApiSettings { HookWaiting = 3 });
        await all.AddAsync([HookKinds.TicketIssued]);
        await all.Cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("update branch set region = 'West' where name = 'bergen'; update api_key set region = 'West' where id = 1", transaction: t), Cancellation);
        await all.HappenAsync("oslo", Issued(1, "A001"));
        await all.HappenAsync("bergen", [.. Enumerable.Range(1, 5).Select(i => Issued(i, string.Create(CultureInfo.InvariantCulture, $"B{i:000}")))]);
        HookItem item = Assert.Single(await all.Book.ListAsync(1, Cancellation));
        Assert.Equal((3L, 2L), (item.Waiting, item.Lost));
        await all.Sender.EmptyAsync(Cancellation);
        Assert.All(all.Told, t => Assert.Contains("\"bergen\"", t.Body, StringComparison.Ordinal));

        // A key that was disabled hears nothing.
        await all.Cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("update api_key set disabled = 1", transaction: t), Cancellation);
        await all.HappenAsync("bergen", [.. Enumerable.Range(1, 6).Select(i => Issued(i, "B001"))]);
        Assert.Equal(0, (await all.Book.ListAsync(1, Cancellation))[0].Waiting);
    }

    private static TicketIssued Issued(long visit, string label) =>
        new(visit, label, "A", 1, "general", null, 1, 1, 1, "en", "person-that-nobody-is-told", "press", null, new(1_000), false, true, new(1_000 * visit));

    private sealed class Listening : IAsyncDisposable, IHookCaller
    {
        private readonly HookTelling _telling;
        private int _hooks;

        private Listening(SomeCloud cloud, ApiSettings settings)
        {
            Cloud = cloud;
            Book = new(cloud.Database, cloud.Time);
            Outbox = new(cloud.Database, cloud.Time);
            _telling = new(cloud.Database, settings, cloud.Time);
            Sender = new(Outbox, this, settings, new MailSettings(), cloud.Time, new Complaints(cloud.Time), NullLogger<HookSender>.Instance);
        }

        public SomeCloud Cloud { get; }

        public HookBook Book { get; }

        public HookOutbox Outbox { get; }

        public HookSender Sender { get; }

        public List<(string Url, string Id, string Body, string Secret)> Told { get; } = [];

        public Func<string, HandingResult> Answer { get; set; } = _ => new(Handing.Accepted);

        public static async Task<Listening> StartAsync(ApiSettings? settings = null)
        {
            SomeCloud cloud = await SomeCloud.StartAsync();
            await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync(
                """
                insert into branch(name, title, region, created_at) values ('oslo', '', 'East', 0), ('bergen', '', '', 0);
                insert into account(name, role, password, disabled, made_at, signed_in_at) values ('lise', 'head-office', '', 0, 0, 0);
                insert into api_key(title, secret_hash, scopes, region, made_by, made_at, used_at, disabled) select 'x', 'h', '', '', id, 0, 0, 0 from account;
                """, transaction: t), Cancellation);
            return new(cloud, settings ?? new ApiSettings());
        }

        public async Task<AddedHook> AddAsync(string[] kinds) => (await Book.AddAsync(1, string.Create(CultureInfo.InvariantCulture, $"https://example.org/{++_hooks}"), kinds, Cancellation))!;

        public Task HappenAsync(string branch, params Event[] events) => Cloud.Database.WriteAsync(
            async t =>
            {
                long id = await t.Connection!.ExecuteScalarAsync<long>("select id from branch where name = @branch", new { branch }, t);
                await _telling.FollowAsync(t, [.. events.Select((e, i) => new StoredEvent(id, branch, "journal-of-" + branch, i + 1, e.At.Milliseconds, EventJson.TypeOf(e), e, e.At.Milliseconds))
                    .Where(e => _telling.Types.Contains(e.Type))]);
                return 0;
            },
            Cancellation);

        public Task<HandingResult> SendAsync(string target, string id, string body, string secret)
        {
            Told.Add((target, id, body, secret));
            return Task.FromResult(Answer(target));
        }

        public async ValueTask DisposeAsync()
        {
            Sender.Dispose();
            await Cloud.DisposeAsync();
        }
    }
}
