using System.Collections.Concurrent;
using System.Globalization;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Replicas;

/// <summary>Two replicas over PostgreSQL behind haproxy, each killed once while people look at pages and book.</summary>
public sealed class ReplicaTests
{
    private const int Bookers = 12;
    private const int Lookers = 4;
    private const int BookingsOfAPart = 40;

    [Fact]
    [Trait("Length", "Long")]
    public async Task With_one_replica_killed_under_load_no_page_is_missed_and_no_booking_is_lost_or_made_twice()
    {
        string offers = Path.GetTempFileName();
        await File.WriteAllTextAsync(offers, BookableCloud.Offers(capacity: 50), TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string> { ["bookings:offers"] = offers, ["proxies"] = "127.0.0.1" };
        await using CloudUnderTest one = await CloudUnderTest.StartAsync("postgresql", settings);
        await using CloudUnderTest two = await CloudUnderTest.StartOverAsync(one.Database, settings);
        await using HaproxyUnderTest proxy = await HaproxyUnderTest.StartAsync(one, two);
        var people = new People(proxy.Port);
        using var closing = new CancellationTokenSource();
        Task[] all = [.. Enumerable.Range(0, Bookers).Select(_ => Task.Run(() => people.BookAsync(closing.Token))), .. Enumerable.Range(0, Lookers).Select(_ => Task.Run(() => people.LookAsync(closing.Token)))];

        await people.SomeMoreAsync();
        one.Kill();
        await people.SomeMoreAsync();
        await one.StartAgainAsync();
        await Eventually.Is(() => LookedAt(one), "people look at the one that came back", 60);
        await people.SomeMoreAsync();
        two.Kill();
        await people.SomeMoreAsync();
        await closing.CancelAsync();
        await Task.WhenAll(all);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{people.Pages} pages, {people.Missed.Count} missed; {people.Booked.Count} bookings, {people.Repeated} forms had to be sent again, {people.HoldsAgain} holds"));
        Assert.Empty(people.Missed);
        // In flight at the two moments, and no more: a booker sends one form at a time.
        Assert.InRange(people.Repeated + people.HoldsAgain, 0, 2 * Bookers);
        Assert.Equal(people.Booked.Count, CloudAccounts.Scalar(one.Database, "select count(*) from booking where state = 'booked'"));
        Assert.Equal(people.Booked.Count, CloudAccounts.Scalar(one.Database, "select count(distinct p.phone) from booking b join person p on p.id = b.person where b.state = 'booked'"));
        Assert.Equal(people.Booked.Count, CloudAccounts.Scalar(one.Database, "select count(*) from person"));
        Assert.Equal(0, CloudAccounts.Scalar(one.Database, "select count(*) from (select 1 from booking where state = 'booked' group by branch, service, starts_at, place having count(*) > 1) d"));
        File.Delete(offers);
    }

    /// <summary>haproxy has noticed that it is there.</summary>
    private static bool LookedAt(CloudUnderTest cloud) =>
        cloud.MetricAsync("edgequeue_cloud_request_milliseconds_count{route=\"/book/{branch}/{service}\",status=\"2xx\"}").GetAwaiter().GetResult() > 0;

    private sealed class People(int port)
    {
        private readonly string _day = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        private int _visitors;
        private int _pages;
        private int _repeated;
        private int _holdsAgain;

        /// <summary>Who has seen "Your time is booked".</summary>
        public ConcurrentBag<int> Booked { get; } = [];

        /// <summary>Pages that did not come, and why.</summary>
        public ConcurrentBag<string> Missed { get; } = [];

        public int Pages => _pages;

        /// <summary>Forms of bookings that were not answered.</summary>
        public int Repeated => _repeated;

        public int HoldsAgain => _holdsAgain;

        public async Task SomeMoreAsync()
        {
            int until = Booked.Count + BookingsOfAPart;
            await Eventually.Is(() => Booked.Count >= until, string.Create(CultureInfo.InvariantCulture, $"{BookingsOfAPart} more bookings; missed pages: {string.Join(' ', Missed)}"), 90);
        }

        /// <summary>One person after the other books, each until it has seen that it is booked.</summary>
        public async Task BookAsync(CancellationToken closing)
        {
            while (!closing.IsCancellationRequested)
            {
                using var visitor = new Visitor(Interlocked.Increment(ref _visitors), port);
                string link = await HoldAsync(visitor);
                while ((await visitor.PostAsync(link + "/book", ("name", "Kari"), ("phone", visitor.Phone), ("consent", "yes"))) is { Status: not 303 } answer)
                {
                    Assert.True(answer.Unanswered, $"{answer.Status}: {answer.Text}");
                    Interlocked.Increment(ref _repeated);
                }

                Assert.Contains("Your time is booked", await PageAsync(visitor, link + "?lang=en"), StringComparison.Ordinal);
                Booked.Add(visitor.Number);
            }
        }

        public async Task LookAsync(CancellationToken closing)
        {
            while (!closing.IsCancellationRequested)
            {
                using var visitor = new Visitor(Interlocked.Increment(ref _visitors), port);
                for (int i = 0; i < 100 && !closing.IsCancellationRequested; i++)
                {
                    await PageAsync(visitor, $"/book/demo/passport?lang=en&day={_day}");
                }
            }
        }

        private async Task<string> HoldAsync(Visitor visitor)
        {
            while (true)
            {
                IReadOnlyList<string> slots = Visitor.Slots(await PageAsync(visitor, $"/book/demo/passport?lang=en&day={_day}"));
                Visitor.Answer held = await visitor.PostAsync("/book/demo/passport/hold", ("slot", slots[visitor.Number % slots.Count]), ("lang", "en"));
                if (held.Status == 303)
                {
                    return held.Location;
                }

                if (held.Status == 409)
                {
                    // Somebody else was a moment faster.
                    continue;
                }

                Assert.True(held.Unanswered, $"{held.Status}: {held.Text}");
                Interlocked.Increment(ref _holdsAgain);
            }
        }

        private async Task<string> PageAsync(Visitor visitor, string path)
        {
            Visitor.Answer page = await visitor.GetAsync(path);
            Interlocked.Increment(ref _pages);
            if (page.Status != 200)
            {
                Missed.Add($"{page.Status} {page.Text[..Math.Min(page.Text.Length, 200)]}");
            }

            return page.Text;
        }
    }
}
