using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Counter 2 of a played stage, where somebody is called before something is broken, and served after it is mended.</summary>
internal static class DeskTwo
{
    private const string Keypad = "counter-2/keypad";
    private const string Counter = "c2";

    public static CounterMessage AtDeskTwo(this PlayedStage stage) => stage.Watch.Counters[Counter];

    /// <summary>The counter opens, people take tickets of the first button, and the first of them is called.</summary>
    /// <returns>The label that was called, when all has settled.</returns>
    public static async Task<string> CallTheFirstAsync(this PlayedStage stage, int tickets)
    {
        await stage.OpenAsync(Keypad, Counter, "4444");
        await stage.TakeAsync(tickets, "KEY_1");
        await stage.OperateAsync(Keypad, "KEY_KPENTER", "somebody is called", () => stage.AtDeskTwo().Label is not null);
        await stage.SettleAsync();
        return stage.AtDeskTwo().Label!;
    }

    /// <summary>Who was called is at the counter.</summary>
    public static Task TheCalledArrivesAsync(this PlayedStage stage) =>
        stage.OperateAsync(Keypad, "KEY_KPPLUS", "the customer has arrived", () => stage.AtDeskTwo().Phase == CounterPhase.Serving);

    /// <summary>For a stage that is prepared: the hub's journal lies in this folder.</summary>
    public static Action<BranchStage> JournalIn(string folder) => stage =>
    {
        string own = Path.GetDirectoryName(stage.Journal)!;
        Directory.Delete(own);
        Directory.CreateSymbolicLink(own, folder);
    };
}
