using System.Data.Common;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>
/// What some events, in their order, change of the tickets: four statements however many events there are, for they are written inside the transaction that
/// stores the events of many branches. Rows are changed in the order of branch and visit, as everywhere.
/// </summary>
internal sealed class TicketChanges
{
    // A branch that has begun a new journal (its card was lost) counts its visits from 1 again: the number is the new ticket's.
    private static readonly RowsStatement Remove = new(
        "delete from mobile_ticket where (branch, visit) in (select branch, visit from {rows}) and secret_hash not in (select hash from {rows})",
        ("branch", ColumnType.Bigint), ("visit", ColumnType.Bigint), ("hash", ColumnType.Text));

    private static readonly RowsStatement Insert = new(
        "insert into mobile_ticket(secret_hash, branch, visit, label, service, language, ended, came_at) select hash, branch, visit, label, service, language, '', now from {rows} where true order by 2, 3 on conflict do nothing",
        ("branch", ColumnType.Bigint), ("visit", ColumnType.Bigint), ("hash", ColumnType.Text), ("label", ColumnType.Text), ("service", ColumnType.Text), ("language", ColumnType.Text), ("now", ColumnType.Bigint));

    private static readonly RowsStatement Rename = new(
        "update mobile_ticket set label = r.label from {rows} where mobile_ticket.branch = r.branch and mobile_ticket.visit = r.visit",
        ("branch", ColumnType.Bigint), ("visit", ColumnType.Bigint), ("label", ColumnType.Text));

    private static readonly RowsStatement End = new(
        "update mobile_ticket set ended = r.ended from {rows} where mobile_ticket.branch = r.branch and mobile_ticket.visit = r.visit",
        ("branch", ColumnType.Bigint), ("visit", ColumnType.Bigint), ("ended", ColumnType.Text));

    private readonly SortedDictionary<(long Branch, long Visit), TicketIssued> _issued = [];
    private readonly SortedDictionary<(long Branch, long Visit), string> _labels = [];
    private readonly SortedDictionary<(long Branch, long Visit), string> _ended = [];

    public void Add(StoredEvent stored)
    {
        switch (stored.Happened)
        {
            case TicketIssued { Press.Length: >= 32 } issued:
                _issued[(stored.Branch, issued.Visit)] = issued;
                _labels.Remove((stored.Branch, issued.Visit));
                _ended.Remove((stored.Branch, issued.Visit));
                break;
            case TicketRelabelled other:
                _labels[(stored.Branch, other.Visit)] = other.To;
                break;
            case VisitEnded over:
                _ended[(stored.Branch, over.Visit)] = over.How.ToString();
                break;
            case VisitReinstated back:
                _ended[(stored.Branch, back.Visit)] = "";
                break;
            case VisitRestored back:
                _ended[(stored.Branch, back.Visit)] = "";
                break;
        }
    }

    /// <param name="now">By the cloud's clock, milliseconds since 1970.</param>
    public async Task WriteAsync(Dialect dialect, DbTransaction transaction, long now)
    {
        (long Branch, long Visit, string Hash, TicketIssued Of)[] issued =
            [.. _issued.Select(i => (i.Key.Branch, i.Key.Visit, MobileTickets.HashOf(TicketSecret.Of(i.Value.Press)) ?? "", i.Value)).Where(i => i.Item3.Length > 0)];
        await Remove.RunAsync(dialect, transaction, [.. issued.Select(i => (object[])[i.Branch, i.Visit, i.Hash])]);
        await Insert.RunAsync(dialect, transaction, [.. issued.Select(i => (object[])[i.Branch, i.Visit, i.Hash, i.Of.Label, i.Of.Service, i.Of.Language, now])]);
        await Rename.RunAsync(dialect, transaction, [.. _labels.Select(l => (object[])[l.Key.Branch, l.Key.Visit, l.Value])]);
        await End.RunAsync(dialect, transaction, [.. _ended.Select(e => (object[])[e.Key.Branch, e.Key.Visit, e.Value])]);
    }
}
