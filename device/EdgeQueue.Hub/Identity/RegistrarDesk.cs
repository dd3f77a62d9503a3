using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>Where the broker is, as nodes reach it.</summary>
internal sealed record BrokerPlace(string Host, int Port);

/// <summary>What a technician may do, one after the other: accept a device, replace one, revoke one, look who waits.</summary>
internal sealed class RegistrarDesk(
    BranchAuthority authority, BesideCertificates beside, WaitingDevices waiting, BranchFile branch, BrokerPlace broker, BrokerDoor door, ILogger log, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan HubHasRead = TimeSpan.FromSeconds(2.5);

    private readonly SemaphoreSlim _one = new(1);

    public async Task<DeskAnswer> DoAsync(DeskRequest request, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return request.Verb switch
            {
                "claim" => await ClaimAsync(request, cancellation),
                "replace" => await ReplaceAsync(request, cancellation),
                "revoke" => await RevokeAsync(request.Node ?? "", cancellation),
                "waiting" => Waiting(),
                "nodes" => Nodes(),
                _ => No($"'{request.Verb}' is not known here; use the same version of edgequeue and edgequeue-hub."),
            };
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return No($"Nothing is certain: {broken.Message}");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>With the authority to itself, e.g. for a renewal.</summary>
    public async Task<T> AloneAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<DeskAnswer> ClaimAsync(DeskRequest request, CancellationToken cancellation)
    {
        string node = request.Node ?? "";
        if (BranchCertificates.WhyNotNode(node) is { } wrong)
        {
            return No($"--node: {wrong}.");
        }

        if (authority.Register.Find(node) is { Current: not null })
        {
            return No($"'{node}' has a certificate already. If that device is broken or gone: edgequeue replace CODE --node {node}.");
        }

        if (authority.HasByHand(node))
        {
            return No(
                $"'{node}' has a certificate already, made with 'edgequeue certificates'. Two devices of one name throw each other out: "
                + $"edgequeue replace CODE --node {node}, or edgequeue revoke {node} first.");
        }

        if (authority.Register.IsFull && authority.Register.Find(node) is null)
        {
            return No($"This branch has given certificates to {NodeRegister.MostNodes} names; there is no room for another. Use a name that was there before.");
        }

        return await AcceptAsync(request, node, cancellation);
    }

    private async Task<DeskAnswer> ReplaceAsync(DeskRequest request, CancellationToken cancellation)
    {
        if (branch.Read(out IReadOnlyList<string> faults) is not { } now)
        {
            return No([.. faults]);
        }

        if (request.Node is not { } node || now.Configuration.Nodes.All(n => n.Name != node))
        {
            return No($"There is no node '{request.Node}' in the branch's configuration to be replaced. Claim a new one: edgequeue claim.");
        }

        // The code first: a mistyped one must not have thrown out a device that works.
        (WaitingDevice? device, Core.Queue.Refusal? refusal) = waiting.Take(request.Code ?? "");
        if (device is null)
        {
            IdentityLog.ClaimRefused(log, refusal!.Sentence);
            return No(refusal.Sentence);
        }

        bool hadOne = authority.Register.Find(node) is not null || authority.HasByHand(node);
        DeskAnswer revoked = await RevokeAsync(node, cancellation);
        DeskAnswer accepted = Give(device, node, UnitsOf(now, node));
        // Not well as long as it is not sure that the old device is out.
        return new DeskAnswer((revoked.Done || !hadOne) && accepted.Done, [.. revoked.Lines, .. accepted.Lines]);
    }

    private async Task<DeskAnswer> RevokeAsync(string node, CancellationToken cancellation)
    {
        if (BranchCertificates.WhyNotNode(node) is { } wrong)
        {
            return No($"{wrong}.");
        }

        int certificates = authority.Revoke(node);
        if (certificates == 0 && authority.Register.Find(node) is null)
        {
            return No($"No certificate of '{node}' is known here.");
        }

        IdentityLog.Revoked(log, node, certificates);
        string? doubt = await door.ThrowOutAsync(node, cancellation);
        return doubt is null
            ? new DeskAnswer(true, [string.Create(CultureInfo.InvariantCulture, $"'{node}' is revoked ({certificates} certificates) and disconnected.")])
            : No($"'{node}' is revoked: it cannot connect again once the broker has read its list. But {doubt}");
    }

    private async Task<DeskAnswer> AcceptAsync(DeskRequest request, string node, CancellationToken cancellation)
    {
        if (branch.Read(out IReadOnlyList<string> faults) is not { } now)
        {
            return No([.. faults]);
        }

        (WaitingDevice? device, Core.Queue.Refusal? refusal) = waiting.Take(request.Code ?? "");
        if (device is null)
        {
            IdentityLog.ClaimRefused(log, refusal!.Sentence);
            return No(refusal.Sentence);
        }

        IReadOnlyList<UnitConfiguration> units = UnitsOf(now, node);
        if (units.Count == 0)
        {
            units = ClaimedUnits.Of(device.Hello.Units, request, now, out string? fault);
            if (fault is not null || branch.AddNode(node, units, out faults) is null)
            {
                device.Outcome.TrySetResult(Refused(fault ?? faults[0]));
                return No(fault is not null ? [fault] : [.. faults, "Nothing was changed. The device shows a new code."]);
            }

            // The hub looks at its file every two seconds, and what speaks before it is known is refused.
            await Task.Delay(HubHasRead, cancellation);
        }

        return Give(device, node, units);
    }

    private DeskAnswer Give(WaitingDevice device, string node, IReadOnlyList<UnitConfiguration> units)
    {
        string certificate = authority.Give(node, BranchCertificates.ReadKey(Convert.FromBase64String(device.Hello.PublicKey))!);
        device.Outcome.TrySetResult(new ClaimAnswer(1, authority.BranchName, node, broker.Host, broker.Port, certificate, units));
        IdentityLog.Claimed(log, node, authority.Register.Find(node)!.Current!.Serial);
        return new DeskAnswer(true, [$"{(device.Hello.Model.Length == 0 ? "The device" : device.Hello.Model)} at {device.Address} is '{node}' now: {string.Join(", ", units.Select(u => $"{u.Role} '{u.Unit}'"))}."]);
    }

    private DeskAnswer Waiting()
    {
        IReadOnlyList<WaitingDevice> all = waiting.All();
        IReadOnlyList<string> refused = waiting.Refused();
        string[] also = refused.Count == 0 ? [] : [$"Turned away within ten minutes, because too many ask from there or from all together: {string.Join(", ", refused)}"];
        long Seconds(WaitingDevice device) => (long)time.GetElapsedTime(device.Since).TotalSeconds;
        return new DeskAnswer(
            true,
            all.Count == 0 ? ["No device waits.", .. also] :
            [
                .. all.Select(d => string.Create(CultureInfo.InvariantCulture,
                    $"{(d.Hello.Model.Length == 0 ? "a device" : d.Hello.Model)} at {d.Address}, {string.Join(", ", d.Hello.Units.Select(u => u.Role))}, for {Seconds(d)} s")),
                "Its code is on the device: edgequeue claim CODE --node NAME …",
                .. also,
            ],
            Waiting: [.. all.Select(d => new AskingDevice(d.Hello.Model, d.Address, [.. d.Hello.Units.Select(u => u.Role)], Seconds(d)))],
            TurnedAway: refused);
    }

    private DeskAnswer Nodes() => new(true,
    [
        .. authority.Register.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => n.InUse is { } current
            ? string.Create(CultureInfo.InvariantCulture, $"{n.Name,-40} until {DateTimeOffset.FromUnixTimeMilliseconds(current.UntilMs):yyyy-MM-dd HH:mm}Z{(authority.IsDue(n) ? ", to be renewed" : "")}")
            : $"{n.Name,-40} revoked"),
        "The branch's own, renewed by themselves:",
        .. beside.All().Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name,-40} until {c.Until:yyyy-MM-dd HH:mm}Z")),
    ],
    Nodes: [.. authority.Register.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => new KnownNode(n.Name, n.InUse?.UntilMs, n.InUse is not null && authority.IsDue(n)))]);

    private static IReadOnlyList<UnitConfiguration> UnitsOf(LoadedBranch now, string node) =>
        now.Configuration.Nodes.FirstOrDefault(n => n.Name == node)?.Units ?? [];

    private static ClaimAnswer Refused(string sentence) => new(1, "", "", "", 0, "", [], new Core.Queue.Refusal("notConfigured", sentence));

    private static DeskAnswer No(params string[] lines) => new(false, lines);
}
