namespace EdgeQueue.Node.Drawing;

/// <summary>What stands on one ticket. Texts are already in the customer's language.</summary>
/// <param name="Language">BCP 47 code; for the words that are not given here ("People ahead").</param>
/// <param name="Label">The big one, for example <c>A042</c>.</param>
/// <param name="LocalTime">Date and time as the branch's clock shows it, formatted.</param>
public sealed record TicketContent(string Language, string BranchName, string ServiceName, string Label, string LocalTime)
{
    /// <summary>Time of a booking's slot, formatted; null: no appointment, the line is left out.</summary>
    public string? Appointment { get; init; }

    /// <summary>Null: not known, the line is left out.</summary>
    public int? PeopleAhead { get; init; }

    /// <summary>Expected wait, minutes: half of the people wait less than the first, nine of ten less than the second.</summary>
    public (int Half, int Most)? ExpectedMinutes { get; init; }

    /// <summary>What the QR code says; null: no QR code.</summary>
    public string? Qr { get; init; }

    public string? Footer { get; init; }

    /// <summary>Printed again: says so, black on top.</summary>
    public bool IsCopy { get; init; }
}
