using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>A PIN was looked at; back on the loop.</summary>
/// <param name="Operator">Whose it is; null: nobody's.</param>
public sealed record PinLookedAt(UnitAddress Unit, string Id, OpenCounter Command, byte[] Hash, string? Operator) : LoopInput;

/// <summary>What the desk says at once.</summary>
public abstract record PinLook
{
    /// <summary>No PIN is needed.</summary>
    public sealed record Free : PinLook;

    /// <summary>It is being looked at; a <see cref="PinLookedAt"/> follows.</summary>
    public sealed record Pending : PinLook;

    public sealed record Refused(Refusal Refusal) : PinLook;
}

/// <summary>
/// Operators' PINs (DESIGN §11). A hash takes tens of milliseconds on purpose, so it is computed off the loop, one at a time,
/// and wrong ones are slowed down per unit.
/// </summary>
public sealed class PinDesk(Action<LoopInput> post, TimeProvider time)
{
    private const int MostPending = 32;

    private readonly HashSet<(UnitAddress Unit, string Id)> _pending = [];
    private readonly PinThrottle _throttle = new(time);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The configuration in force.</summary>
    public LoadedBranch Branch { get; set; } = null!;

    public PinLook Look(UnitAddress unit, string id, OpenCounter open, string? pin, byte[] hash)
    {
        if (pin is null)
        {
            return Branch.Operator(open.Operator)?.PinHash is null
                ? new PinLook.Free()
                : new PinLook.Refused(HubRefusals.PinNeeded);
        }

        if (_pending.Contains((unit, id)))
        {
            return new PinLook.Pending();
        }

        if (_throttle.Pause(unit) is { } left)
        {
            return new PinLook.Refused(HubRefusals.PinThrottled((int)Math.Ceiling(left.TotalSeconds)));
        }

        // One at a time from each unit: else a unit could try many before the first wrong one is counted.
        if (_pending.Count >= MostPending || _pending.Any(p => p.Unit == unit))
        {
            return new PinLook.Refused(HubRefusals.Busy);
        }

        _pending.Add((unit, id));
        LoadedBranch branch = Branch;
        _ = Task.Run(async () =>
        {
            await _one.WaitAsync();
            string? found = null;
            try
            {
                found = open.Operator.Length == 0 ? branch.OperatorTyping(pin)?.Id
                    : branch.Operator(open.Operator)?.PinHash is { } its && PinHash.Matches(its, pin) ? open.Operator
                    : null;
            }
            finally
            {
                _one.Release();
                post(new PinLookedAt(unit, id, open, hash, found));
            }
        });
        return new PinLook.Pending();
    }

    /// <summary>The answer has been taken.</summary>
    public void Done(PinLookedAt result)
    {
        _pending.Remove((result.Unit, result.Id));
        if (result.Operator is not null)
        {
            _throttle.Right(result.Unit);
        }
        else
        {
            _throttle.Wrong(result.Unit);
        }
    }
}
