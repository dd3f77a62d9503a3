using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Roles.Dispenser.Store;

/// <summary>
/// What the dispenser must know after a power cut. Past tense, appended and never changed; a type or property is only added.
/// <c>Job</c> is the press id, or for a copy <see cref="CopyOrdered.JobOf"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StoreOpened), "storeOpened")]
[JsonDerivedType(typeof(DayLearned), "dayLearned")]
[JsonDerivedType(typeof(HubSeen), "hubSeen")]
[JsonDerivedType(typeof(NumbersHeld), "numbersHeld")]
[JsonDerivedType(typeof(PressTaken), "pressTaken")]
[JsonDerivedType(typeof(CheckInTaken), "checkInTaken")]
[JsonDerivedType(typeof(PressAnswered), "pressAnswered")]
[JsonDerivedType(typeof(PressDropped), "pressDropped")]
[JsonDerivedType(typeof(NumberTaken), "numberTaken")]
[JsonDerivedType(typeof(CopyOrdered), "copyOrdered")]
[JsonDerivedType(typeof(CopiesBegun), "copiesBegun")]
[JsonDerivedType(typeof(PrintIntended), "printIntended")]
[JsonDerivedType(typeof(PrintNotStarted), "printNotStarted")]
[JsonDerivedType(typeof(PrintEnded), "printEnded")]
[JsonDerivedType(typeof(JoinPrepared), "joinPrepared")]
[JsonDerivedType(typeof(JoinAnswered), "joinAnswered")]
[JsonDerivedType(typeof(ReportAnswered), "reportAnswered")]
public abstract record StoreRecord;

/// <param name="Store">Random id, the hub leases numbers to it. A wiped or damaged store has another.</param>
public sealed record StoreOpened(string Store) : StoreRecord;

/// <summary>What the hub last said about its day: for tickets taken before the hub speaks again.</summary>
/// <param name="At">Branch time, milliseconds: a floor for whatever happens later.</param>
public sealed record DayLearned(int Day, long At) : StoreRecord;

/// <summary>What is left of records that were compacted away: the hub's position, and the last time stated for a ticket that joined.</summary>
public sealed record HubSeen(JournalPosition? Seen, long LastTakenMs) : StoreRecord;

/// <summary>All blocks of numbers that this store holds; replaces what it held.</summary>
public sealed record NumbersHeld(IReadOnlyList<HeldBlock> Blocks) : StoreRecord;

/// <param name="Next">First number not given yet; Last + 1 when all are.</param>
public sealed record HeldBlock(string Lease, string Service, string Prefix, int Digits, int First, int Last, int Next)
{
    [JsonIgnore]
    public int Left => Math.Max(0, Last - Next + 1);

    [JsonIgnore]
    public int Size => Last - First + 1;
}

/// <summary>A customer pressed. Durable before anything leaves this device.</summary>
/// <param name="Boot">Boot id, with <paramref name="BootMs"/> the time of the press on the boot-time clock.</param>
/// <param name="BranchMs">Branch time of the press where it was known then.</param>
/// <param name="Day">Business day as the node knew it; 0: not known.</param>
public sealed record PressTaken(
    string Job, int Button, string Service, string? Segment, string? Language, string Boot, long BootMs, long? BranchMs,
    int Day) : StoreRecord;

/// <summary>Somebody asked for the ticket of a booking; by what is not kept (law 12). Durable before anything leaves this device.</summary>
public sealed record CheckInTaken(string Job, string? Language, string Boot, long BootMs) : StoreRecord;

/// <summary>The hub issued the ticket.</summary>
public sealed record PressAnswered(string Job, TicketResult Ticket, string Journal, long Seq) : StoreRecord;

/// <summary>Nothing comes of this press: refused, or withdrawn in time.</summary>
public sealed record PressDropped(string Job, string Why) : StoreRecord;

/// <summary>The hub did not answer: a leased number belongs to this press from now on.</summary>
/// <param name="Local">Local time to print, <c>yyyy-MM-ddTHH:mm</c>; null: not known.</param>
/// <param name="Details">What the button says and the customer answered; null: nothing. Never who they are (law 12).</param>
public sealed record NumberTaken(
    string Job, string Store, string Lease, int Number, string Label, string? Local, TicketDetails? Details = null) : StoreRecord;

/// <summary>A person ordered a copy.</summary>
public sealed record CopyOrdered(string Job, long At, TicketResult Ticket, string Boot, long BootMs) : StoreRecord
{
    public static string JobOf(OpenCopy copy) => $"copy-{copy.Ticket.Visit}-{copy.At}";
}

/// <summary>Orders of copies that have been begun, so that they are not begun again (the newest 64).</summary>
public sealed record CopiesBegun(IReadOnlyList<string> Jobs) : StoreRecord;

/// <summary>The next thing that leaves is the first byte of this paper.</summary>
public sealed record PrintIntended(string Job) : StoreRecord;

/// <summary>Not one byte of it left: it may be tried again.</summary>
public sealed record PrintNotStarted(string Job) : StoreRecord;

public sealed record PrintEnded(string Job, PrintOutcome Outcome) : StoreRecord;

/// <summary>The command that lets an offline ticket join, fixed before it is first sent: a repeat is the same bytes.</summary>
/// <param name="TakenMs">Branch time that it states.</param>
public sealed record JoinPrepared(string Job, string Id, string Envelope, long TakenMs) : StoreRecord;

/// <param name="Refused">Why the hub did not take it over; null: it did.</param>
public sealed record JoinAnswered(string Job, long? Visit, string? Refused) : StoreRecord;

/// <summary>The hub knows what became of the paper.</summary>
public sealed record ReportAnswered(string Job) : StoreRecord;

/// <summary>How records are written: one line of JSON each.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(StoreRecord))]
internal sealed partial class StoreJson : JsonSerializerContext;

internal static class StoreText
{
    private static readonly StoreJson Json = new(new JsonSerializerOptions(StoreJson.Default.Options)
    {
        // Labels in any script stay readable for a technician.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(StoreRecord record) => JsonSerializer.Serialize(record, Json.StoreRecord);

    /// <summary>Null: not a record of this version.</summary>
    public static StoreRecord? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.StoreRecord);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
