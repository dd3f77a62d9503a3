using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>What the page knows and does; all that changes something goes through the registrar's socket, with its rules.</summary>
internal sealed class TechnicianDesk(string control, BranchFile file, BranchEar ear)
{
    public async Task<ShownBranch> LookAsync(CancellationToken cancellation)
    {
        DeskAnswer? waiting = null, nodes = null;
        string? silent = null;
        try
        {
            waiting = await ControlSocket.AskAsync(control, new DeskRequest("waiting"), cancellation);
            nodes = await ControlSocket.AskAsync(control, new DeskRequest("nodes"), cancellation);
        }
        catch (IOException gone)
        {
            silent = gone.Message;
        }

        LoadedBranch? now = file.Read(out IReadOnlyList<string> faults);
        BranchConfiguration? branch = now?.Configuration;
        Dictionary<string, KnownNode> known = (nodes?.Nodes ?? []).ToDictionary(n => n.Name);
        List<ShownNode> shown =
        [
            .. (branch?.Nodes ?? []).Select(n => new ShownNode(
                n.Name, [.. n.Units.Select(u => new ShownUnit(u.Unit, u.Role, ear.Unit(new UnitAddress(n.Name, u.Unit))))], known.GetValueOrDefault(n.Name))),
        ];
        shown.AddRange(known.Values.Where(k => shown.All(s => s.Name != k.Name)).Select(k => new ShownNode(k.Name, [], k)));
        string language = now?.Language ?? "en";
        return new ShownBranch(
            branch?.Name.GetValueOrDefault(language) ?? branch?.Branch ?? "?", ear.Status, silent ?? (now is null ? string.Join(" ", faults) : null), ear.Deaf,
            waiting?.Waiting ?? [], waiting?.TurnedAway ?? [], [.. shown.OrderBy(n => n.Name, StringComparer.Ordinal)],
            [.. (branch?.Counters ?? []).Select(c => new ShownPlace(c.Id, c.Number))],
            [.. (branch?.Zones ?? []).Select(z => new ShownPlace(z.Id, z.Name.GetValueOrDefault(language) ?? z.Id))]);
    }

    public async Task<DeskAnswer> DoAsync(DeskRequest request, CancellationToken cancellation)
    {
        try
        {
            return await ControlSocket.AskAsync(control, request, cancellation);
        }
        catch (IOException silent)
        {
            return new DeskAnswer(false, [silent.Message]);
        }
    }
}
