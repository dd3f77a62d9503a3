using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>One of the dispenser's input devices: its keys on the role's loop, its absence as a fault.</summary>
/// <param name="fault">Code of the fault, e.g. <c>inputMissing</c>.</param>
/// <param name="name">For sentences: buttons, number pad, scanner.</param>
/// <param name="gone">Told when it is unplugged; null: nobody has to know.</param>
internal sealed class KeyInput(
    string path, string fault, string name, NodeHost host, RoleLoop loop, Action<KeyChanged> key, Action? gone = null)
{
    private readonly IKeySource reader = KeySources.Open(path, host.Time);

    /// <summary>Reads until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(reader.RunAsync(cancellation), ReadAsync(cancellation));

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var arrival in reader.Arrivals.ReadAllAsync(cancellation))
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
            case KeyChanged change:
                key(change);
                break;
            case DevicePresent present:
                host.Status.Fault(fault, null);
                host.Log.Info(DispenserEvent.Input, $"{name}: {present.Name} at {present.Path}");
                break;
            case DeviceAbsent absent:
                gone?.Invoke();
                host.Status.Fault(fault, $"The {name} at {absent.Path} cannot be read: {absent.Reason}. Look at the cable.");
                break;
            case PressesLost:
                host.Status.Count("pressesLost");
                break;
        }
    }
}
