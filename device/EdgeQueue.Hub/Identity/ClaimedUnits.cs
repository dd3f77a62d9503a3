using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>From a new device's hardware and what the technician said to its units.</summary>
internal static class ClaimedUnits
{
    /// <param name="fault">Not null: what to say differently.</param>
    public static IReadOnlyList<UnitConfiguration> Of(
        IReadOnlyList<UnitConfiguration> hardware, DeskRequest request, LoadedBranch branch, out string? fault)
    {
        List<UnitConfiguration> wanted = [.. hardware.Where(u => request.Role is null || u.Role == request.Role)];
        string? counter = request.Counter is null ? null : CounterOf(request.Counter, branch);
        fault = wanted.Count == 0
                ? $"The device has no {request.Role}; it is a {string.Join(", ", hardware.Select(u => u.Role))}."
            : request.Counter is not null && counter is null
                ? $"There is no counter '{request.Counter}' in this branch; there are {string.Join(", ", branch.Configuration.Counters.Select(c => c.Id))}."
            : wanted.Any(u => u.Display is not null || u.Keypad is not null) && counter is null
                ? "Say at which counter it stands: --counter 5."
            : wanted.Any(u => u.Audio is not null) && request.Zone is null
                ? "Say for which zone it speaks: --zone hall."
            : null;
        return fault is not null ? [] :
        [
            .. wanted.Select(u => u switch
            {
                { Display: { } display } => u with { Display = display with { Counter = counter! } },
                { Keypad: { } keypad } => u with { Keypad = keypad with { Counter = counter! } },
                { Audio: { } audio } => u with { Audio = audio with { Zone = request.Zone! } },
                _ => u,
            }),
        ];
    }

    /// <summary>By its id, else by what people call it.</summary>
    private static string? CounterOf(string said, LoadedBranch branch) =>
        branch.Counter(said)?.Id
        ?? (branch.Configuration.Counters.Where(c => c.Number == said).ToList() is [var one] ? one.Id : null);
}
