using System.Security.Cryptography;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// SHA-256 over everything in a snapshot, in a fixed order and little-endian: two states with one digest are the same branch.
/// Journal verification, replay and the tests compare by it.
/// </summary>
public static class StateDigest
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(BranchState state) => Of(state.ToSnapshot());

    public static string Of(BranchSnapshot snapshot)
    {
        using var content = new MemoryStream();
        using (var writer = new DigestWriter(content))
        {
            writer.Write(snapshot);
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}
