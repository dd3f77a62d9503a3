namespace EdgeQueue.Cloud.Bookings;

/// <summary>Event ids 300 to 399. Never a name, a phone number or a link.</summary>
internal static partial class BookingLog
{
    [LoggerMessage(300, LogLevel.Information, "offers of {Changed} of {All} branches are new")]
    public static partial void Offered(ILogger log, int changed, int all);

    [LoggerMessage(302, LogLevel.Warning, "the hub of {Branch} does not hold {Count} bookings, {Number} among them: {Sentence}")]
    public static partial void Rejected(ILogger log, string branch, int count, string number, string sentence);
}
