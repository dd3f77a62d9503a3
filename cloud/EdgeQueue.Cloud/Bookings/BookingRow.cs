namespace EdgeQueue.Cloud.Bookings;

/// <summary>Words of the column <c>state</c>.</summary>
internal static class BookingState
{
    /// <summary>Somebody types.</summary>
    public const string Held = "held";

    public const string Booked = "booked";

    public const string Cancelled = "cancelled";

    /// <summary>The branch said that they checked in.</summary>
    public const string Arrived = "arrived";

    /// <summary>The branch said that nobody came.</summary>
    public const string Missed = "missed";
}

/// <summary>A booking as its pages need it; the name is null when it was erased.</summary>
internal sealed record BookingRow(
    long Id, long Branch, string Number, string Service, long StartsAt, long EndsAt, long Place, string State, long HeldUntil, string Language, long Moves,
    long MadeAt, long ChangedAt, string? Name, string Officer = "", long OfficerPlace = 0, long Chosen = 0)
{
    public const string Columns =
        """
        b.id as Id, b.branch as Branch, b.number as Number, b.service as Service, b.starts_at as StartsAt, b.ends_at as EndsAt, b.place as Place,
        b.state as State, b.held_until as HeldUntil, b.language as Language, b.moves as Moves, b.made_at as MadeAt, b.changed_at as ChangedAt, p.name as Name,
        b.officer as Officer, b.officer_place as OfficerPlace, b.officer_chosen as Chosen
        """;
}

/// <summary>Why not; each has a sentence in every language.</summary>
internal enum BookingRefusal
{
    /// <summary>Somebody else has the slot.</summary>
    SlotTaken,

    /// <summary>No such slot, too soon, or too far ahead.</summary>
    NotOffered,

    /// <summary>It was held too long and somebody else has it now.</summary>
    HoldOver,

    /// <summary>The phone number has as many open bookings as it may.</summary>
    TooMany,

    /// <summary>The client has as many open holds, or has made as many bookings within the hour, as it may.</summary>
    TooManyFromHere,

    /// <summary>It has begun, is used, or was cancelled.</summary>
    Over,

    NameMissing,

    PhoneWrong,

    MailWrong,

    /// <summary>Neither a phone number nor a mail address.</summary>
    ReachMissing,

    ConsentMissing,
}

/// <summary>What came of it.</summary>
/// <param name="Refusal">Null: it is done.</param>
internal readonly record struct BookingAnswer(BookingRefusal? Refusal)
{
    public static readonly BookingAnswer Done;

    public static implicit operator BookingAnswer(BookingRefusal refusal) => new(refusal);
}
