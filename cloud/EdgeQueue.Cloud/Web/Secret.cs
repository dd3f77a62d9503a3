using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Web;

/// <summary>Random bits that somebody carries: a session, a link, an API key. The database has their SHA-256 only; so many bits need no slow hash.</summary>
internal sealed record Secret
{
    /// <summary>256 bits: of an account.</summary>
    private const int Bytes = 32;

    /// <summary>128 bits: of a booking, a ticket or a browser, whose links people type from paper.</summary>
    public const int ShortBytes = 16;

    private Secret(string text) => Text = text;

    /// <summary>Of 16 bytes 22, of 32 bytes 43 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public string Text { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static Secret New(int bytes = Bytes) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes)));

    /// <returns>Null: it is none of so many bytes.</returns>
    public static Secret? Of(string? text, int bytes = Bytes) =>
        text?.Length == ((bytes * 4) + 2) / 3 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new(text) : null;

    /// <summary>It stays out of logs.</summary>
    public override string ToString() => "…";
}
