using System.Text.Json;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Reads events for a replay. The six that a journal is nearly all made of are read property by property, in the order in
/// which they are written; everything else, and each of those six that looks otherwise, by <see cref="EventJson"/>.
/// </summary>
public static class ReplayJson
{
    /// <summary>
    /// Like <see cref="EventJson.Read"/>, but the explanation of a call (<see cref="VisitCalled.Why"/>) may be left out: it is the
    /// larger half of the journal, and the state does not hold it.
    /// </summary>
    /// <exception cref="JsonException">It cannot be read; the message has the JSON path.</exception>
    public static Event Read(ReadOnlySpan<char> type, ReadOnlySpan<byte> utf8)
    {
        var row = new OrderedProperties(utf8);
        row.Name("type"u8);
        // What is wrong is said by the general reader, with the path.
        return Known(type, ref row) is { } happened && !row.Strange() ? happened : EventJson.Read(type, utf8);
    }

    private static Event? Known(ReadOnlySpan<char> type, ref OrderedProperties row) => type switch
    {
        "ticketIssued" => new TicketIssued(
            row.Number("visit"u8), row.Text("label"u8), row.Name("prefix"u8), row.Small("number"u8), row.Name("service"u8),
            row.NameOrNull("segment"u8), row.Small("priority"u8), row.Number("targetMs"u8), row.Number("meanServiceMs"u8),
            row.Name("language"u8), row.TextOrNull("person"u8), row.Text("press"u8), row.NameOrNull("lease"u8),
            row.At("waitingSince"u8), row.Flag("estimated"u8), row.Flag("queued"u8), row.At("at"u8)),
        "visitCalled" => Called(ref row),
        "visitArrived" => new VisitArrived(row.Number("visit"u8), row.Name("counter"u8), row.At("at"u8)),
        "transactionFinished" => new TransactionFinished(
            row.Number("visit"u8), row.Name("counter"u8), row.Name("service"u8), row.Nothing("deliveredServices"u8),
            row.NameOrNull("outcome"u8), row.Nothing("marks"u8), row.At("at"u8)),
        "visitEnded" => row.Number("visit"u8) is var visit && row.Name("how"u8) == nameof(VisitEnd.Finished)
            ? new VisitEnded(visit, VisitEnd.Finished, row.TextOrNull("reason"u8), row.At("at"u8)) : null,
        "ticketPrintReported" => row.Number("visit"u8) is var visit && row.Name("outcome"u8) == nameof(PrintOutcome.Printed)
            ? new TicketPrintReported(visit, PrintOutcome.Printed, row.Flag("copy"u8), row.At("at"u8)) : null,
        _ => null,
    };

    private static VisitCalled Called(ref OrderedProperties row)
    {
        var (visit, counter, zone, by) = (row.Number("visit"u8), row.Name("counter"u8), row.Name("zone"u8), row.NameOrNull("operator"u8));
        row.Skip("why"u8);
        return new VisitCalled(visit, counter, zone, by, Unexplained, row.At("at"u8));
    }

    private static CallReason Unexplained { get; } = new("", 0, 0, 0, 0, false, 0, []);
}
