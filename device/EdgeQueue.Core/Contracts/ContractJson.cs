using System.Text.Json.Serialization;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Messages, commands and node files as JSON, in the form of <see cref="JsonForm{TTables}"/>. Commands carry <c>type</c> first; their
/// names are listed in <see cref="TypeNames"/> and never change. What only the hub reads is in <see cref="JournalJson"/> and
/// <see cref="ConfigurationJson"/>, so that it weighs nothing in a node.
/// </summary>
public sealed class ContractJson : JsonForm<ContractJson>, IJsonTables
{
    private ContractJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => ContractJsonContext.Default;
}

// Metadata only: the generated fast path is never taken where a modifier is added, and weighs 230 kB in each program.
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CommandMessage))]
[JsonSerializable(typeof(ReplyMessage))]
[JsonSerializable(typeof(CounterMessage))]
[JsonSerializable(typeof(BoardMessage))]
[JsonSerializable(typeof(CallsMessage))]
[JsonSerializable(typeof(DispenserMessage))]
[JsonSerializable(typeof(NodeStatusMessage))]
[JsonSerializable(typeof(BranchStatusMessage))]
[JsonSerializable(typeof(DoctorAsk))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(NodeFile))]
[JsonSerializable(typeof(Identity.DeviceFile))]
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
[JsonSerializable(typeof(OutsideMessage))]
[JsonSerializable(typeof(LockConsole))]
[JsonSerializable(typeof(Precall))]
[JsonSerializable(typeof(PlanJourney))]
[JsonSerializable(typeof(AddStep))]
[JsonSerializable(typeof(StartService))]
[JsonSerializable(typeof(GiveBack))]
[JsonSerializable(typeof(Postpone))]
[JsonSerializable(typeof(Redirect))]
internal sealed partial class ContractJsonContext : JsonSerializerContext;
