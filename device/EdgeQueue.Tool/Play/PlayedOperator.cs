using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tool.Play;

/// <summary>
/// An operator at a keypad, who looks at what the counter shows and presses one key at a time: open with the PIN, Next when
/// idle, Arrive when the customer has walked there, Finish when they are served; Recall and NoShow when nobody comes.
/// </summary>
internal sealed class PlayedOperator(
    CounterConfiguration counter, UnitAddress keypad, string input, string pin, IReadOnlySet<string> services,
    PolicyConfiguration policy, TimeSpan walk, PlayEars ears, PlayedHall hall, PlayClock clock) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AnswerWanted = TimeSpan.FromSeconds(4);

    /// <summary>The hub counts the spacing of calls to the millisecond, and its reply took some of them.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    private readonly FakeKeys keys = new(input);
    private int lookedUpAt = -1;

    /// <summary>Keys that the hub refused, or did not answer.</summary>
    public int Refused { get; private set; }

    /// <summary>At the counter, and nobody could be called.</summary>
    public bool IsIdle => ears.Counter(counter.Id) is { Phase: CounterPhase.Idle, Waiting: 0 };

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            switch (ears.Counter(counter.Id))
            {
                case { Phase: CounterPhase.Closed }:
                    await OpenAsync(cancellation);
                    break;
                case { Phase: CounterPhase.Paused }:
                    keys.Press(KeyCode.Keypad0);
                    await PressAsync(KeyCode.KeypadDot, cancellation);
                    break;
                case { Phase: CounterPhase.Idle } idle when idle.Waiting > 0 || SomebodyCame():
                    await PressAsync(KeyCode.KeypadEnter, cancellation, mayBeRefused: true);
                    break;
                case { Phase: CounterPhase.Called, Label: { } label } called:
                    await ReceiveAsync(called, hall.Find(label), cancellation);
                    break;
                case { Phase: CounterPhase.Serving, Label: { } label }:
                    await ServeAsync(hall.Find(label), cancellation);
                    break;
                default:
                    await Task.Delay(Look, cancellation);
                    break;
            }
        }
    }

    public void Dispose() => keys.Dispose();

    /// <summary>The number of those who wait comes twice a second at most; a new ticket is heard before.</summary>
    private bool SomebodyCame()
    {
        var taken = hall.Taken(services);
        return taken != Interlocked.Exchange(ref lookedUpAt, taken);
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        foreach (var digit in pin)
        {
            _ = KeyNames.TryParse($"KEY_KP{digit}", out var key);
            keys.Press(key);
        }

        if (!await PressAsync(KeyCode.KeypadDot, cancellation))
        {
            // A PIN that is refused again and again would be locked out.
            await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        }
    }

    private async Task ReceiveAsync(CounterMessage called, PlayedCustomer? customer, CancellationToken cancellation)
    {
        if (customer is null || hall.Calls(customer))
        {
            await clock.AfterAsync(walk, cancellation);
            await PressAsync(KeyCode.KeypadPlus, cancellation);
            return;
        }

        // Nobody comes. The policy says how often, and how far apart by the hub's clock, they must have been called.
        await clock.AfterAsync(walk, cancellation);
        await Task.Delay(TimeSpan.FromSeconds(policy.NoShowSpacingSeconds) + Margin, cancellation);
        if (called.Times < policy.NoShowCalls)
        {
            await PressAsync(KeyCode.KeypadAsterisk, cancellation);
        }
        else if (await PressAsync(KeyCode.KeypadMinus, cancellation))
        {
            hall.End(customer, CustomerState.Left);
        }
    }

    /// <summary>Somebody who is not in the play (a button was pressed by hand) is served at once.</summary>
    private async Task ServeAsync(PlayedCustomer? customer, CancellationToken cancellation)
    {
        await clock.AfterAsync(customer?.Recorded.ServiceTime ?? TimeSpan.Zero, cancellation);
        if (await PressAsync(KeyCode.KeypadDot, cancellation) && customer is not null)
        {
            hall.End(customer, CustomerState.Served);
        }
    }

    /// <summary>True when the hub accepted what the key means.</summary>
    private async Task<bool> PressAsync(KeyCode key, CancellationToken cancellation, bool mayBeRefused = false)
    {
        var replies = ears.Replies(keypad).Reader;
        while (replies.TryRead(out _))
        {
        }

        keys.Press(key);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswerWanted);
        try
        {
            var reply = await replies.ReadAsync(patience.Token);
            // The keypad has it at about the same time; what is pressed before is refused there.
            await Task.Delay(Look, cancellation);
            Refused += reply.Refusal is null || mayBeRefused ? 0 : 1;
            return reply.Refusal is null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Refused++;
            return false;
        }
    }
}
