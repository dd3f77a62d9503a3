using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// How everything is written as JSON: camelCase, enums by name, moments as milliseconds, unknown properties ignored (a newer
/// sender may say more). Commands and events carry <c>type</c> first; their names are listed in <see cref="TypeNames"/> and never change.
/// </summary>
public static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Info<T>());

    /// <summary>Reads one value; a fault is a value with a sentence and the JSON path, never an exception.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(utf8, Info<T>());
            fault = value is null ? "null is not a message." : null;
            return value is not null;
        }
        // NotSupportedException: a command or event without its "type".
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            value = null;
            fault = e.Message;
            return false;
        }
    }

    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(ContractJsonContext.Default.Options)
        {
            // Labels and names in any script stay readable in mosquitto_sub; nothing here is put into HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ContractJsonContext.Default.WithAddedModifier(TypeNames.Apply),
            MaxDepth = 16,
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Milliseconds as a plain number.</summary>
public sealed class MomentConverter : JsonConverter<Moment>
{
    public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Milliseconds);
}

// Metadata only: the generated fast path is never taken where a modifier is added, and weighs 230 kB in each program.
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(MomentConverter), typeof(NameSetConverter)])]
[JsonSerializable(typeof(CommandMessage))]
[JsonSerializable(typeof(ReplyMessage))]
[JsonSerializable(typeof(CounterMessage))]
[JsonSerializable(typeof(BoardMessage))]
[JsonSerializable(typeof(CallsMessage))]
[JsonSerializable(typeof(DispenserMessage))]
[JsonSerializable(typeof(NodeStatusMessage))]
[JsonSerializable(typeof(BranchStatusMessage))]
[JsonSerializable(typeof(BranchConfiguration))]
[JsonSerializable(typeof(NodeFile))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(BranchSnapshot))]
[JsonSerializable(typeof(Queue.CounterPhase), TypeInfoPropertyName = "CounterPhaseInQueue")]
[JsonSerializable(typeof(IssueTicket))]
[JsonSerializable(typeof(JoinOffline))]
[JsonSerializable(typeof(LeaseNumbers))]
[JsonSerializable(typeof(ReportPrint))]
[JsonSerializable(typeof(ReprintTicket))]
[JsonSerializable(typeof(CancelVisit))]
[JsonSerializable(typeof(CallNext))]
[JsonSerializable(typeof(CallTicket))]
[JsonSerializable(typeof(Recall))]
[JsonSerializable(typeof(Arrive))]
[JsonSerializable(typeof(Finish))]
[JsonSerializable(typeof(NoShow))]
[JsonSerializable(typeof(Requeue))]
[JsonSerializable(typeof(Reinstate))]
[JsonSerializable(typeof(Park))]
[JsonSerializable(typeof(Resume))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(ChangeService))]
[JsonSerializable(typeof(SetPriority))]
[JsonSerializable(typeof(OpenCounter))]
[JsonSerializable(typeof(PauseCounter))]
[JsonSerializable(typeof(CloseCounter))]
[JsonSerializable(typeof(CloseDay))]
[JsonSerializable(typeof(Evacuate))]
[JsonSerializable(typeof(DayOpened))]
[JsonSerializable(typeof(DayClosingPlanned))]
[JsonSerializable(typeof(DayClosed))]
[JsonSerializable(typeof(ClockStepped))]
[JsonSerializable(typeof(RulesApplied))]
[JsonSerializable(typeof(JournalForked))]
[JsonSerializable(typeof(EvacuationStarted))]
[JsonSerializable(typeof(EvacuationEnded))]
[JsonSerializable(typeof(NumbersLeased))]
[JsonSerializable(typeof(LeaseRevoked))]
[JsonSerializable(typeof(LeaseEnded))]
[JsonSerializable(typeof(TicketIssued))]
[JsonSerializable(typeof(TicketRelabelled))]
[JsonSerializable(typeof(TicketPrintReported))]
[JsonSerializable(typeof(CopyRequested))]
[JsonSerializable(typeof(VisitCalled))]
[JsonSerializable(typeof(VisitRecalled))]
[JsonSerializable(typeof(VisitArrived))]
[JsonSerializable(typeof(TransactionFinished))]
[JsonSerializable(typeof(VisitEnded))]
[JsonSerializable(typeof(VisitRequeued))]
[JsonSerializable(typeof(VisitReinstated))]
[JsonSerializable(typeof(VisitRestored))]
[JsonSerializable(typeof(VisitParked))]
[JsonSerializable(typeof(VisitResumed))]
[JsonSerializable(typeof(VisitTransferred))]
[JsonSerializable(typeof(ServiceChanged))]
[JsonSerializable(typeof(PriorityChanged))]
[JsonSerializable(typeof(CounterOpened))]
[JsonSerializable(typeof(CounterPaused))]
[JsonSerializable(typeof(CounterClosed))]
[JsonSerializable(typeof(BookingsMessage))]
[JsonSerializable(typeof(BookingsReport))]
[JsonSerializable(typeof(CheckIn))]
[JsonSerializable(typeof(VisitDescribed))]
[JsonSerializable(typeof(BookingPlaced))]
[JsonSerializable(typeof(BookingWithdrawn))]
[JsonSerializable(typeof(BookingsApplied))]
[JsonSerializable(typeof(BookingCheckedIn))]
[JsonSerializable(typeof(BookingLapsed))]
internal sealed partial class ContractJsonContext : JsonSerializerContext;
