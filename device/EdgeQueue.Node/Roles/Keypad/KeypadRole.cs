using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// An operator's keypad: keys become commands, answers become light. One command at a time: what is pressed before the
/// answer of the last is there is refused at once, aloud, because the operator cannot have seen its effect.
/// </summary>
public sealed class KeypadRole : IRole
{
    /// <summary>A press that was read this late (the process hung, or was stopped) is nobody's wish any more.</summary>
    private static readonly TimeSpan StalePress = CommandSender.PressWanted;

    private static readonly TimeSpan AlarmWanted = TimeSpan.FromMinutes(1);

    private readonly NodeHost host;
    private readonly KeypadConfiguration configuration;
    private readonly IKeySource keys;
    private readonly PatternLamp lamp;
    private readonly RoleLoop loop;
    private readonly KeyEntry entry;
    private readonly PauseGuard pauseGuard = new();
    private CounterMessage? counter;
    private PendingCommand? outstanding;
    private bool notKnown;
    private IDisposable? forgetting;

    public KeypadRole(NodeHost host, IKeySource keys, ILamp? lamp)
    {
        this.host = host;
        this.keys = keys;
        configuration = host.Unit.Keypad ?? throw new ArgumentException("The unit is not a keypad.", nameof(host));
        loop = new RoleLoop(host.Time, onPoster: true);
        this.lamp = new PatternLamp(lamp, host.Time, reason => host.Status.Fault(
            "lampMissing", reason is null ? null : $"The lamp of the keypad of counter '{configuration.Counter}' does not light: {reason}"));
        var (table, faults) = KeyTable.Read(configuration.Keys);
        entry = new KeyEntry(table, host.Time);
        host.Status.Fault("keysInvalid", faults.Count == 0 ? null : string.Join(' ', faults));
        host.View<CounterMessage>(
            host.Topics.Counter(configuration.Counter), m => new JournalPosition(m.Journal, m.Seq),
            message => loop.Post(() => Know(message)));
        host.Hub.Changed += _ => loop.Post(Rest);
        host.AliveWhile(loop.IsAlive);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        loop.Post(Rest);
        try
        {
            await Together.RunAsync([keys.RunAsync, ReadAsync, loop.RunAsync], cancellation);
        }
        finally
        {
            forgetting?.Dispose();
            lamp.Dispose();
        }
    }

    private void Know(CounterMessage? message)
    {
        if (message is not null && counter?.Journal == message.Journal && message.Seq < counter.Seq)
        {
            // A reply has told more already.
            return;
        }

        if (counter is null && message is not null)
        {
            host.Log.Info(KeypadEvent.CounterKnown, $"counter {message.Counter} is known: keys are taken");
        }

        counter = message;
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var arrival in keys.Arrivals.ReadAllAsync(cancellation))
            {
                loop.Post(() => Take(arrival));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private void Take(InputArrival arrival)
    {
        switch (arrival)
        {
            case KeyChanged { Down: true } key:
                Press(key);
                break;
            case DevicePresent:
                host.Status.Fault("inputMissing", null);
                break;
            case DeviceAbsent absent:
                host.Status.Fault("inputMissing", $"The keypad of counter '{configuration.Counter}' is gone: {absent.Reason}");
                break;
            case PressesLost:
                // What was pressed is not known; that something was is, and the operator is told that it did not count.
                host.Status.Count("pressesLost");
                Refuse("pressesLost");
                break;
        }
    }

    private void Press(KeyChanged key)
    {
        host.Status.Count("presses");
        if (host.Time.GetElapsedTime(key.At) > StalePress)
        {
            Refuse("pressTooOld");
            return;
        }

        switch (entry.Press(key.Key))
        {
            case KeyOutcome.DigitTaken:
                lamp.Show(LampPattern.Digit);
                break;
            case KeyOutcome.Cleared:
                lamp.Show(LampPattern.Pressed);
                break;
            case KeyOutcome.Refused refused:
                Refuse(refused.Code);
                break;
            case KeyOutcome.Ordered order:
                Order(order, key.At);
                break;
        }

        forgetting?.Dispose();
        forgetting = entry.ForgetsIn is { } span ? loop.After(span, ForgetDigits) : null;
    }

    private void ForgetDigits()
    {
        if (entry.Forget())
        {
            Refuse("tooSlow");
        }
    }

    private void Order(KeyOutcome.Ordered pressed, long at)
    {
        if (pressed.Function is KeyFunction.Evacuate or KeyFunction.EndEvacuation)
        {
            Alarm(pressed.Function == KeyFunction.Evacuate);
        }
        else if (outstanding is not null)
        {
            Refuse("busy");
        }
        else if (pressed.Function == KeyFunction.Pause && pauseGuard.IsBounce(host.Time, at))
        {
            Refuse("pressedTwice");
        }
        else if (counter is null)
        {
            Refuse("counterUnknown");
        }
        else
        {
            Send(CounterOrders.For(pressed.Function, pressed.Digits, counter, configuration, pressed.Of));
        }
    }

    private void Send((CounterOrder? Order, string? Refused) answer)
    {
        if (answer.Order is not { } order)
        {
            Refuse(answer.Refused ?? "notPossible");
            return;
        }

        outstanding = host.Commands.Press(order.Command, order.Pin);
        lamp.Show(LampPattern.Pressed);
        loop.PostResult(outstanding.InTime, InTime);
        loop.PostResult(outstanding.Final, result => Final(order, result));
    }

    /// <summary>An alarm waits for no other answer, needs no counter, and is wanted for a minute.</summary>
    private void Alarm(bool active)
    {
        lamp.Show(LampPattern.Pressed);
        var order = new CounterOrder(new Evacuate(active, default), null);
        loop.PostResult(host.Commands.Press(order.Command, null, AlarmWanted).Final, result => Answer(order, result));
    }

    private void InTime(CommandResult result)
    {
        if (result is NotKnown && outstanding is not null)
        {
            host.Status.Count("notKnown");
            host.Log.Warn(KeypadEvent.NotKnown, "a press went out and is not answered: what became of it is not known yet");
            notKnown = true;
            Rest();
        }
    }

    private void Final(CounterOrder order, CommandResult result)
    {
        (outstanding, notKnown) = (null, false);
        Rest();
        Answer(order, result);
    }

    private void Answer(CounterOrder order, CommandResult result)
    {
        switch (result)
        {
            case Accepted accepted:
                See(accepted.Reply);
                host.Status.Count("accepted");
                host.Log.Info(KeypadEvent.Accepted, $"{order}: accepted");
                lamp.Show(LampPattern.Accepted);
                break;
            case Refused refused:
                See(refused.Reply);
                host.Status.Count("refused");
                host.Log.Info(KeypadEvent.Refused, $"{order}: refused, {refused.Reply.Refusal?.Code}: {refused.Reply.Refusal?.Sentence}");
                lamp.Show(LampPattern.Refused);
                break;
            case NotSent notSent:
                host.Log.Info(KeypadEvent.Refused, $"{order}: not sent, {notSent.Reason}");
                Refuse("notSent");
                break;
        }
    }

    /// <summary>The reply tells what the counter shows now; the retained message may be on its way still.</summary>
    private void See(ReplyMessage reply)
    {
        if (reply.Counter is { } shown)
        {
            Know(shown);
        }
    }

    /// <summary>A refusal that needs no hub.</summary>
    private void Refuse(string code)
    {
        host.Status.Count("refusedHere");
        host.Log.Info(KeypadEvent.RefusedHere, $"refused here: {code}");
        lamp.Show(LampPattern.Refused);
    }

    private void Rest() => lamp.Rest(
        notKnown ? LampPattern.NotKnown : host.Hub.Link == HubLink.Present ? LampPattern.Dark : LampPattern.Away);
}

/// <summary>Event ids of the keypad, 1300 … 1399.</summary>
public static class KeypadEvent
{
    public const int Accepted = 1300;
    public const int Refused = 1301;
    public const int RefusedHere = 1302;
    public const int NotKnown = 1303;
    public const int CounterKnown = 1304;
}
