using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>
/// What is signed and hashed, byte for byte the same on both sides. Each kind begins with a name of its own, and each part with its
/// length, so that no two meanings have the same bytes.
/// </summary>
public static class IdentityProof
{
    /// <summary>Signed with a new key by who has it: nobody gets a certificate for a key of somebody else.</summary>
    public static byte[] OfRenewal(string branch, string node, string id, ReadOnlySpan<byte> publicKey) =>
        Digest("edgequeue renewal v1", Encoding.UTF8.GetBytes(branch), Encoding.UTF8.GetBytes(node), Encoding.UTF8.GetBytes(id), publicKey.ToArray());

    /// <summary>SHA-256 over a name and parts, each with its length before it as four bytes, the most significant first.</summary>
    internal static byte[] Digest(string name, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Encoding.ASCII.GetBytes(name));
        foreach (byte[] part in parts)
        {
            Add(hash, part);
        }

        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, byte[] part)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
