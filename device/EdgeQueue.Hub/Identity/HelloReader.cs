using System.Diagnostics.CodeAnalysis;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>Reads what a stranger says of itself: everything in it is bounded, whoever it is.</summary>
internal static class HelloReader
{
    /// <param name="ofBranch">A hub is expected, which asks for its branch; else a device.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, bool ofBranch, [NotNullWhen(true)] out ClaimHello? hello) =>
        IdentityJson.TryRead(line, out hello, out _)
        && hello.V == 1
        && Renewals.Base64(hello.PublicKey) is { } spki && BranchCertificates.ReadKey(spki) is not null
        && hello.Model.Length <= ClaimLine.LongestModel && !hello.Model.Any(char.IsControl)
        && (ofBranch
            ? hello.Branch is { } branch && BranchCertificates.WhyNotNode(branch) is null && hello.Units.Count == 0
            : hello.Branch is null && hello.Units.Count is >= 1 and <= ClaimLine.MostUnits && hello.Units.All(IsOne));

    /// <summary>A unit of exactly one role: the loader of branches looks at the rest before it is configured.</summary>
    private static bool IsOne(UnitConfiguration? unit) =>
        unit is not null && new object?[] { unit.Dispenser, unit.Display, unit.Keypad, unit.Audio }.Count(s => s is not null) == 1;
}
