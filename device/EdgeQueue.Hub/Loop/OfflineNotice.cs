using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Says before a dispenser is left without numbers that stores which may be gone hold the rest. Blocks that are all with living
/// dispensers are no fault.
/// </summary>
internal static class OfflineNotice
{
    public const string Code = "offlineNumbers";

    private const int MostNamed = 8;

    /// <returns>Null: there is at least one block for everybody, or nothing to give up.</returns>
    public static Fault? Of(BranchState state) =>
        OfflineNumbers.Scarce(state) is not { Count: > 0 } scarce
            ? null
            : new Fault(
                Code,
                $"Less than one block of offline numbers is left for {string.Join(", ", scarce.Take(MostNamed).Select(s => $"'{s.Service}' ({s.Free})"))}: "
                + "dispensers that were wiped, or a fork, hold the others. Look with 'edgequeue journal leases JOURNAL', stop the hub and give up what is "
                + $"gone for good: edgequeue journal revoke JOURNAL {string.Join(' ', scarce.SelectMany(s => s.Doubtful).Take(MostNamed))}");
}
