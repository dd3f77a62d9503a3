using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Node.Host.Claim;

/// <summary>
/// <c>edgequeue-node device</c>: a device that may not belong to a branch yet. Without an identity it shows a claim code until a
/// technician has accepted it at the hub; then, or when it has one already, it plays its unit as always.
/// </summary>
public static class DeviceProgram
{
    /// <summary>Where another process of this device enrols, this one looks this often whether it is done.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private const int AnotherEnrols = 3;

    /// <param name="unit">Null: the device's only one, or its first.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string path, string? unit, string version, CancellationToken cancellation)
    {
        var log = new NodeLog(Console.Out, TimeProvider.System);
        if (!TryRead(path, out var device, out var fault))
        {
            Console.Error.WriteLine($"{path}: {fault}");
            return 2;
        }

        try
        {
            while (UnitFile(device, unit) is null)
            {
                await ClaimAsync(path, device, unit, log, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        var file = UnitFile(device, unit)!;
        if (!ContractJson.TryRead<Core.Contracts.Configuration.NodeFile>(await File.ReadAllBytesAsync(file, cancellation), out var node, out fault))
        {
            Console.Error.WriteLine($"{file}: {fault}");
            return 2;
        }

        var (checkedFile, faults) = NodeFileLoader.Load(file, node.Unit.Role);
        if (checkedFile is null)
        {
            faults.ToList().ForEach(Console.Error.WriteLine);
            return 2;
        }

        return await NodeProgram.RunAsync(checkedFile, file, version, cancellation);
    }

    private static bool TryRead(string path, out DeviceFile device, out string? fault)
    {
        device = null!;
        try
        {
            if (!ContractJson.TryRead<DeviceFile>(File.ReadAllBytes(path), out var read, out fault))
            {
                return false;
            }

            device = read;
            fault = read.V != 1 ? $"$.v: this program reads version 1, not {read.V}."
                : read.Units.Count == 0 ? "$.units: name at least one unit with its hardware." : null;
            return fault is null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
            return false;
        }
    }

    /// <summary>The file that the claim has left for the unit; null: not yet.</summary>
    private static string? UnitFile(DeviceFile device, string? unit)
    {
        if (unit is not null || device.Units.Count == 1)
        {
            var path = Path.Combine(device.State, DeviceState.UnitFile(unit ?? device.Units[0].Unit));
            if (File.Exists(path) || unit is not null)
            {
                return File.Exists(path) ? path : null;
            }
        }

        return Directory.Exists(device.State)
            ? Directory.GetFiles(device.State, DeviceState.UnitFile("*")).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
    }

    private static async Task ClaimAsync(string path, DeviceFile device, string? unit, NodeLog log, CancellationToken cancellation)
    {
        var signs = new CodeSigns(device.Units, log, TimeProvider.System);
        CancellationTokenSource? telling = null;
        var told = Task.CompletedTask;

        void Hear(string line)
        {
            switch (line.Split(' ', 2))
            {
                case ["code", { Length: 8 } code] when code.All(char.IsAsciiDigit):
                    // On the console too, for a device that has nothing else. The log of a device without identity is no secret.
                    log.Info(NodeEvent.ClaimCode, $"this device is new. At the hub: edgequeue claim {code[..4]} {code[4..]} --node NAME");
                    telling?.Cancel();
                    telling = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    told = signs.TellAsync(code, telling.Token);
                    break;
                case ["claimed", var name]:
                    log.Info(NodeEvent.Claimed, $"this device is '{name}' now");
                    break;
                case ["waiting", var reason]:
                    telling?.Cancel();
                    log.WarnOncePerMinute(NodeEvent.ClaimWaits, "enrol", reason);
                    break;
                default:
                    log.WarnOncePerMinute(NodeEvent.ClaimWaits, "tool", line);
                    break;
            }
        }

        try
        {
            var code = await TechniciansTool.RunAsync(["enrol", "--device", path, .. unit is null ? Array.Empty<string>() : ["--unit", unit]], Hear, cancellation);
            if (code is null or not (0 or AnotherEnrols))
            {
                log.WarnOncePerMinute(NodeEvent.ClaimWaits, "end", $"edgequeue enrol ended with {code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}; it is tried again");
            }

            if (code != 0)
            {
                await Task.Delay(LookAgain, cancellation);
            }
        }
        finally
        {
            telling?.Cancel();
            // The display is given back dark before the unit opens it.
            await told;
        }
    }
}
