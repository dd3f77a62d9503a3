using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Network;

/// <summary>All branches at a glance: the sums, and the hundred that need somebody most.</summary>
internal sealed class NetworkPage(LiveBoard board, AlertBoard alerts, TimeProvider time)
{
    public const int MostShown = 100;

    /// <param name="sees">Others are not there, and are not counted.</param>
    /// <param name="search">A part of a name, a title or a region; null: those in most trouble.</param>
    public Page Of(VisibleBranches sees, string? search) => new(
        "Branches",
        Html.Of($"""
            <h1>Branches</h1>
            <form class="line" action="/network" role="search">
            <label>Find a branch <input name="q" type="search" maxlength="60" value="{search ?? ""}" placeholder="Name or region" autocomplete="off"></label>
            <button>Find</button>{Html.When(search is not null, $" <a class=\"button plain\" href=\"/network\">All</a>")}
            </form>
            <div{(search is null ? Html.Of($" data-live=\"/network/live\"") : Html.Empty)}>{Piece(sees, search)}</div>
            """),
        Place: "/network", Scripts: "live.js");

    /// <summary>What is live of it.</summary>
    public Html Piece(VisibleBranches sees, string? search = null)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        ICollection<LiveRow> all = sees.IsAll ? board.All : [.. board.All.Where(sees.Has)];
        return all.Count == 0 && !sees.IsAll
            ? Html.Of($"""<section class="card empty"><h2>None of your branches has reported yet</h2><p class="quiet">As soon as one does, it appears here by itself.</p></section>""")
            : all.Count == 0
            ? Html.Of($"""
                <section class="card empty"><h2>No branch has reported yet</h2>
                <p class="quiet">Give a hub this cloud's broker, <code>edgequeue-hub run … --cloud HOST:PORT --cloud-certificates DIR</code>, and it appears here by itself.</p></section>
                """)
            : Html.Of($"{Sums(all, sees, now)}{List(all, search, now)}");
    }

    private Html Sums(ICollection<LiveRow> all, VisibleBranches sees, long now)
    {
        (int there, long waiting, long over, long counters, long missing, long faults, long longest) = (0, 0, 0, 0, 0, 0, 0);
        foreach (LiveRow row in all)
        {
            missing += row.Missing;
            faults += row.Faults;
            if (row.IsThere(now))
            {
                there++;
                waiting += row.Waiting;
                over += row.OverTarget;
                counters += row.CountersOpen;
                longest = Math.Max(longest, row.LongestWaitMs(now) ?? 0);
            }
        }

        int away = all.Count - there;
        return Html.Of($"""
            <div class="figures">
            {Figure(all.Count, all.Count == 1 ? "branch" : "branches")}
            {Figure(away, "not connected", away > 0)}
            {Figure(waiting, "people waiting")}
            {Figure(over, "over their target", over > 0)}
            {Figure(Spans.Text(longest), "longest wait")}
            {Figure(counters, "counters open")}
            {Figure(missing + faults, "devices missing, faults", missing + faults > 0)}
            {(alerts.Of(sees) is { Open: > 0 } open ? Html.Of($"<a class=\"figure\" href=\"/alerts\"><b{Html.When(open.Unseen > 0, $" class=\"bad\"")}>{open.Open}</b><span>{(open.Open == 1 ? "alert" : "alerts")}{Html.When(open.Unseen > 0, $", {open.Unseen} new")}</span></a>") : Html.Empty)}
            </div>
            """);
    }

    private static Html Figure<T>(T value, string words, bool bad = false) =>
        Html.Of($"<div class=\"figure\"><b{Html.When(bad, $" class=\"bad\"")}>{value}</b><span>{words}</span></div>");

    private static Html List(ICollection<LiveRow> all, string? search, long now)
    {
        LiveRow[] found = search is null ? [.. all] : [.. all.Where(r => Matches(r, search))];
        if (found.Length == 0)
        {
            return Html.Of($"""<section class="card empty"><h2>Nothing found</h2><p class="quiet">No branch has “{search}” in its name or region.</p></section>""");
        }

        LiveRow[] shown = Worst(found, now);
        return Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table>
            <thead><tr><th scope="col">Branch<th scope="col">State<th scope="col" class="n">Waiting<th scope="col" class="n">Longest<th scope="col" class="n wide">Over target<th scope="col" class="n wide">Counters<th scope="col" class="n wide">Missing<th scope="col" class="wide">Version</tr></thead>
            <tbody>{shown.Select(r => Row(r, now))}</tbody>
            </table></div>
            {Html.When(found.Length > shown.Length, $"<p class=\"quiet small\">The {shown.Length} that need somebody most, of {found.Length}. Search finds the others.</p>")}</section>
            """);
    }

    /// <summary>Without sorting all 65,000 for a hundred.</summary>
    private static LiveRow[] Worst(LiveRow[] rows, long now)
    {
        var least = new PriorityQueue<LiveRow, (long, string)>(Comparer<(long Trouble, string Name)>.Create(static (a, b) =>
            a.Trouble != b.Trouble ? a.Trouble.CompareTo(b.Trouble) : string.CompareOrdinal(b.Name, a.Name)));
        foreach (LiveRow row in rows)
        {
            if (least.Count < MostShown)
            {
                least.Enqueue(row, (row.Trouble(now), row.Name));
            }
            else
            {
                least.EnqueueDequeue(row, (row.Trouble(now), row.Name));
            }
        }

        var worst = new LiveRow[least.Count];
        for (int i = worst.Length - 1; i >= 0; i--)
        {
            worst[i] = least.Dequeue();
        }

        return worst;
    }

    private static Html Row(LiveRow row, long now)
    {
        bool there = row.IsThere(now);
        return Html.Of($"""
            <tr><td><a href="/network/{row.Name}"><b>{row.Title}</b></a>{Html.When(row.Region.Length > 0, $" <span class=\"quiet small\">{row.Region}</span>")}
            <td>{State(row, there, now)}
            <td class="n">{row.Waiting}<td class="n">{(row.LongestWaitMs(now) is { } longest ? Spans.Text(longest) : "–")}<td class="n wide{(row.OverTarget > 0 ? " bad" : "")}">{row.OverTarget}
            <td class="n wide{(row is { CountersOpen: 0, Waiting: > 0 } ? " bad" : "")}">{row.CountersOpen}<td class="n wide{(row.Missing > 0 ? " bad" : "")}">{row.Missing}<td class="quiet small wide">{row.Version}</tr>
            """);
    }

    public static Html State(LiveRow row, bool there, long now) => !there
        ? Html.Of($"<span class=\"pill bad\">away for {Spans.Text(now - row.ReceivedAt)}</span>")
        : row.Faults > 0 ? Html.Of($"<span class=\"pill bad\">{row.Faults} {(row.Faults == 1 ? "fault" : "faults")}</span>")
        : row.Missing > 0 ? Html.Of($"<span class=\"pill warn\">{row.Missing} missing</span>")
        : row.OverTarget > 0 ? Html.Of($"<span class=\"pill warn\">late</span>")
        : Html.Of($"<span class=\"pill\">well</span>");

    private static bool Matches(LiveRow row, string search) =>
        row.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || row.Title.Contains(search, StringComparison.OrdinalIgnoreCase) || row.Region.Contains(search, StringComparison.OrdinalIgnoreCase);
}
