using System.Security.Cryptography;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>On <c>ack</c>, cloud to hub: how far this journal is stored without a gap, durably and in the aggregates.</summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Journal">Of the batch that is answered.</param>
/// <param name="Number">Of the batch that is answered.</param>
/// <param name="Seq">Last event that is stored, those before included; 0: none.</param>
/// <param name="Hash">
/// Of that event's bytes, see <see cref="HashOf"/>: a hub whose event of this number is another one runs an older copy that went on. Null: not known.
/// </param>
public sealed record AckMessage(int V, string Journal, long Number, long Seq, string? Hash = null)
{
    /// <summary>The first 16 hexadecimal digits of SHA-256.</summary>
    public static string HashOf(ReadOnlySpan<byte> happened) => Convert.ToHexStringLower(SHA256.HashData(happened).AsSpan(0, 8));
}
