using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Counter 2 of a played stage, where somebody is called before something is broken, and served after it is mended.</summary>
internal static class DeskTwo
{
    private const string Keypad = "counter-2/keypad";
    private const string Counter = "c2";

    public static CounterMessage AtDeskTwo(this PlayedStage stage) => stage.Watch.Counters[Counter];

    public static Task OpenDeskTwoAsync(this PlayedStage stage) => stage.OpenAsync(Keypad, Counter, "4444");

    /// <summary>The counter opens, people take tickets of the first button, and the first of them is called.</summary>
    /// <returns>The label that was called, when all has settled.</returns>
    public static async Task<string> CallTheFirstAsync(this PlayedStage stage, int tickets)
    {
        await stage.OpenDeskTwoAsync();
        await stage.TakeAsync(tickets, "KEY_1");
        await stage.OperateAsync(Keypad, "KEY_KPENTER", "somebody is called", () => stage.AtDeskTwo().Label is not null);
        await stage.SettleAsync();
        return stage.AtDeskTwo().Label!;
    }

    /// <summary>An operator types what is on a paper, its letter by its place in the alphabet, and calls it.</summary>
    public static async Task CallPaperAsync(this PlayedStage stage, string label)
    {
        for (int attempt = 0; stage.AtDeskTwo().Label != label; attempt++)
        {
            Assert.True(attempt < 5, $"{label} is not called after {attempt} times");
            foreach (char digit in (label[0] - 'A' + 1) + label[1..])
            {
                await stage.PressAsync(Keypad, $"KEY_KP{digit}");
            }

            await stage.PressAsync(Keypad, "KEY_KPENTER");
            await PlayedStage.SoonAsync(() => stage.AtDeskTwo().Label == label, TimeSpan.FromSeconds(20));
        }
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
