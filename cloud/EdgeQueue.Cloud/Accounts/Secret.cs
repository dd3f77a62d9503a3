using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>256 random bits that somebody carries: a session, a link, an API key. The database has its SHA-256 only; so many bits need no slow hash.</summary>
internal sealed record Secret
{
    private const int Bytes = 32;

    private Secret(string text) => Text = text;

    /// <summary>43 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public string Text { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static Secret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <returns>Null: it is none.</returns>
    public static Secret? Of(string? text) =>
        text is { Length: 43 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new(text) : null;

    /// <summary>It stays out of logs.</summary>
    public override string ToString() => "…";
}
