using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>People who come and operators who work: presses at random units, drawn with a seed from what makes sense at the counter.</summary>
/// <param name="seed">Also of the pauses.</param>
internal sealed class Crowd(PlayedStage stage, int seed)
{
    // As the README of the example has them.
    private static readonly (string Keypad, string Counter, string Pin)[] Operators =
    [
        ("counter-1/keypad", "c1", "1111"), ("counter-2/keypad", "c2", "4444"),
        ("counter-3/keypad", "c3", "3333"), ("counter-4/keypad", "c4", "2222"),
    ];

    private static readonly string[] Buttons = ["KEY_1", "KEY_2", "KEY_3", "KEY_4", "KEY_5", "KEY_6", "KEY_8", "KEY_9"];

    // What an operator mostly does next, and now and then something else: Recall, No-show, Park, Requeue, Undo.
    private static readonly string[][] WhenCalled =
    [
        ["KEY_KPPLUS"], ["KEY_KPPLUS"], ["KEY_KPPLUS"], ["KEY_KPPLUS"], ["KEY_KPASTERISK"], ["KEY_KPMINUS"], ["KEY_KPENTER"], ["KEY_KP0", "KEY_KPSLASH"],
    ];

    private static readonly string[][] WhenServing =
        [["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPDOT"], ["KEY_KPSLASH"], ["KEY_KPPLUS"]];

    private static readonly string[][] WhenIdle = [["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_BACKSPACE"], ["KEY_KPPLUS"]];

    private readonly Random _random = new(seed);

    public int TicketPresses { get; private set; }

    public int OperatorPresses { get; private set; }

    public async Task OpenAllAsync()
    {
        foreach ((string keypad, string counter, string pin) in Operators)
        {
            await stage.OpenAsync(keypad, counter, pin);
        }
    }

    /// <summary>The people who stood at the door when it was opened: each takes a ticket and waits for its paper.</summary>
    public async Task QueueAsync(int people)
    {
        TicketPresses += people;
        await stage.TakeAsync(people, Buttons);
    }

    /// <summary>Until told to stop. A person comes every second or two, an operator does something about as often.</summary>
    public async Task LiveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_random.Next(5) < 2)
            {
                TicketPresses++;
                await stage.PressAsync(PlayedStage.Dispenser, Buttons[_random.Next(Buttons.Length)]);
            }
            else
            {
                OperatorPresses++;
                (string keypad, string counter, _) = Operators[_random.Next(Operators.Length)];
                string[][] choices = stage.Watch.Counters.GetValueOrDefault(counter)?.Phase switch
                {
                    CounterPhase.Called => WhenCalled,
                    CounterPhase.Serving => WhenServing,
                    _ => WhenIdle,
                };
                foreach (string key in choices[_random.Next(choices.Length)])
                {
                    await stage.PressAsync(keypad, key);
                }
            }

            await Task.Delay(_random.Next(200, 800), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
