namespace EdgeQueue.EndToEnd.Faults;

/// <summary>People who come and operators who work: presses at random units, always the same ones for a seed.</summary>
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

    // Next, Next, Arrive, Recall, Finish, No-show, Undo, Park, Requeue.
    private static readonly string[][] Keys =
    [
        ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPENTER"], ["KEY_KPPLUS"], ["KEY_KPPLUS"], ["KEY_KPPLUS"], ["KEY_KPASTERISK"], ["KEY_KPDOT"],
        ["KEY_KPMINUS"], ["KEY_BACKSPACE"], ["KEY_KPSLASH"], ["KEY_KP0", "KEY_KPSLASH"],
    ];

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

    /// <summary>Until told to stop. A person comes every three seconds or so, an operator does something every second.</summary>
    public async Task LiveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_random.Next(4) == 0)
            {
                TicketPresses++;
                await stage.PressAsync(PlayedStage.Dispenser, Buttons[_random.Next(Buttons.Length)]);
            }
            else
            {
                OperatorPresses++;
                string keypad = Operators[_random.Next(Operators.Length)].Keypad;
                foreach (string key in Keys[_random.Next(Keys.Length)])
                {
                    await stage.PressAsync(keypad, key);
                }
            }

            await Task.Delay(_random.Next(300, 1200), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
