using System.Data.Common;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>What a ticket's page shows just now, for all who follow it in one language.</summary>
internal sealed class TicketFeed(string hash, string language)
{
    public string Hash => hash;

    /// <summary>Of the link, else the ticket's own; '' until it is known.</summary>
    public string Language => language;

    public int Watchers { get; set; }

    public MobileTicketRow? Ticket { get; set; }

    /// <summary>Looks since it was read last.</summary>
    public int Looks { get; set; }

    /// <summary>Of what <see cref="Piece"/> was made: nothing is made again while it is the same.</summary>
    public (MobileTicketRow? Ticket, long Beat, long Received, bool There)? MadeOf { get; set; }

    public string Piece { get; set; } = "";

    public bool IsOver => Ticket is { Ended.Length: > 0 };

    public TaskCompletionSource Next { get; set; } = New();

    public static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// One loop for all phones of this replica: a second apart it looks which tickets' branches have spoken, and makes the piece of each such ticket once,
/// however many watch it. What is over comes from the database, all tickets in one look every three seconds. Nobody watches: nothing is done.
/// </summary>
internal sealed class TicketFeeds(MobileTickets tickets, LiveDetails details, TicketPiece piece, TimeProvider time, Complaints complaints, ILogger<TicketFeeds> log)
{
    private const int AtOnce = 1_000;
    private const int KnownLooks = 3;
    private const int UnknownLooks = 10;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Hash, string Language), TicketFeed> _feeds = [];
    private readonly Lock _lock = new();
    private bool _working;

    public TicketFeed Enter(string hash, string language, MobileTicketRow? known)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue((hash, language), out TicketFeed? feed))
            {
                _feeds[(hash, language)] = feed = new(hash, language) { Ticket = known };
            }

            feed.Watchers++;
            if (!_working)
            {
                _working = true;
                _ = Task.Run(WorkAsync);
            }

            return feed;
        }
    }

    public void Leave(TicketFeed feed)
    {
        lock (_lock)
        {
            if (--feed.Watchers == 0)
            {
                _feeds.Remove((feed.Hash, feed.Language));
            }
        }
    }

    /// <summary>What it shows, and what ends when that changes.</summary>
    public (string Piece, Task Next) Look(TicketFeed feed)
    {
        lock (_lock)
        {
            return (feed.Piece, feed.Next.Task);
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            List<TicketFeed> feeds;
            lock (_lock)
            {
                if (_feeds.Count == 0)
                {
                    _working = false;
                    return;
                }

                feeds = [.. _feeds.Values];
            }

            try
            {
                await ReadAsync([.. feeds.Where(f => f.Looks++ % (f.Ticket is null ? UnknownLooks : KnownLooks) == 0)]);
                foreach (TicketFeed feed in feeds)
                {
                    await MakeAsync(feed);
                }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Shown as it was; the next look may be luckier. Whatever it was, it must not end the page for all who watch.
                if (complaints.MaySay(fault is DbException ? "database" : "piece", "tickets"))
                {
                    MobileLog.NotMade(log, fault.Message);
                }
            }

            await Task.Delay(Period, time);
        }
    }

    private async Task ReadAsync(TicketFeed[] due)
    {
        foreach (TicketFeed[] part in due.Chunk(AtOnce))
        {
            IReadOnlyDictionary<string, MobileTicketRow> rows = await tickets.FindAsync([.. part.Select(f => f.Hash).Distinct()], CancellationToken.None);
            foreach (TicketFeed feed in part)
            {
                feed.Ticket = rows.GetValueOrDefault(feed.Hash);
            }
        }
    }

    private async Task MakeAsync(TicketFeed feed)
    {
        LiveRow? row = feed.Ticket is { } known ? (await details.OfAsync(known.BranchName, CancellationToken.None))?.Row : null;
        var of = (feed.Ticket, row?.Beat ?? 0, row?.ReceivedAt ?? 0, row?.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds()) == true);
        if (feed.MadeOf == of)
        {
            return;
        }

        string made = (await piece.OfAsync(feed.Ticket, feed.Language, CancellationToken.None)).ToString();
        lock (_lock)
        {
            feed.MadeOf = of;
            if (made != feed.Piece)
            {
                feed.Piece = made;
                feed.Next.SetResult();
                feed.Next = TicketFeed.New();
            }
        }
    }
}
