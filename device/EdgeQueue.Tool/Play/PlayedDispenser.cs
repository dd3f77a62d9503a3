using System.Diagnostics;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tool.Play;

/// <summary>The customers in front of one dispenser: each presses when it is their time and the one before has a ticket.</summary>
internal sealed class PlayedDispenser(
    UnitAddress unit, DispenserConfiguration dispenser, string input, PlayedHall hall, PlayClock clock) : IDisposable
{
    /// <summary>Real time: a dispenser that is cut off gives a number of its own after a second, and that counts as none here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A second press of the same button is one finger to the dispenser when it comes within half a second.</summary>
    private static readonly TimeSpan SameButton = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly FakeKeys keys = new(input);

    public UnitAddress Unit { get; } = unit;

    /// <summary>The button for them; null: this dispenser has none. One without a language goes before the others.</summary>
    public static ButtonConfiguration? ButtonFor(DispenserConfiguration dispenser, RecordedArrival customer) => dispenser.Buttons
        .Where(b => b.Service == customer.Service && b.Segment == customer.Segment && b is { Ask: null, Attributes: null, Steps: null, People: null })
        .OrderBy(b => b.Language is null ? 0 : 1).FirstOrDefault();

    public async Task RunAsync(IReadOnlyList<PlayedCustomer> customers, CancellationToken cancellation)
    {
        var pressedAt = new Dictionary<KeyCode, long>();
        foreach (var customer in customers)
        {
            await clock.UntilAsync(customer.Recorded.At, cancellation);
            _ = KeyNames.TryParse(ButtonFor(dispenser, customer.Recorded)!.Key, out var key);
            if (pressedAt.TryGetValue(key, out var before) && SameButton - Stopwatch.GetElapsedTime(before) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellation);
            }

            hall.Press(customer);
            keys.Press(key);
            pressedAt[key] = Stopwatch.GetTimestamp();
            for (var waited = TimeSpan.Zero; customer.State == CustomerState.AtDispenser; waited += Look)
            {
                if (waited >= Patience)
                {
                    hall.GaveUp(customer);
                    break;
                }

                await Task.Delay(Look, cancellation);
            }
        }
    }

    public void Dispose() => keys.Dispose();
}
