using System.IO.Compression;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>A configuration as it travels: gzip (RFC 1952) in base64, so that the largest file fits into one message of a broker that takes 1 MiB.</summary>
public static class PackedConfiguration
{
    /// <summary>Characters; with what is around it, it stays under the broker's 1 MiB.</summary>
    public const int Longest = 900_000;

    /// <returns>Null: it does not fit, which takes a file of more than 670 kB that hardly repeats itself.</returns>
    public static string? Pack(ReadOnlySpan<byte> document)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(document);
        }

        string text = Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        return text.Length <= Longest ? text : null;
    }

    /// <returns>Null: it is none, or becomes larger than a configuration may be.</returns>
    public static byte[]? Unpack(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        byte[] document = new byte[BranchConfigurationLoader.MaximumLength + 1];
        try
        {
            using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
            int length = zip.ReadAtLeast(document, document.Length, throwOnEndOfStream: false);
            return length <= BranchConfigurationLoader.MaximumLength ? document[..length] : null;
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    public static string HashOf(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document));
}
