using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Messages, commands and node files as JSON, in the form of <see cref="JsonForm"/>. Commands carry <c>type</c> first; their
/// names are listed in <see cref="TypeNames"/> and never change. What only the hub reads is in <see cref="JournalJson"/> and
/// <see cref="ConfigurationJson"/>, so that it weighs nothing in a node.
/// </summary>
public static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = JsonForm.Build(ContractJsonContext.Default, TypeNames.Apply);

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Info<T>());

    /// <summary>Reads one value; a fault is a value with a sentence and the JSON path, never an exception.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class => JsonForm.TryRead(utf8, Info<T>(), out value, out fault);

    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
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
[JsonSerializable(typeof(NodeFile))]
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
[JsonSerializable(typeof(BookingsMessage))]
[JsonSerializable(typeof(BookingsReport))]
[JsonSerializable(typeof(CheckIn))]
[JsonSerializable(typeof(LockConsole))]
[JsonSerializable(typeof(Precall))]
[JsonSerializable(typeof(PlanJourney))]
[JsonSerializable(typeof(AddStep))]
[JsonSerializable(typeof(StartService))]
internal sealed partial class ContractJsonContext : JsonSerializerContext;
