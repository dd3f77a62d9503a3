using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>
/// The unguessable part of a booking's link: 128 random bits. The database has only hashes, so whoever reads it can neither move nor
/// cancel a booking nor check in with it. What the QR code for the dispenser holds is made from it one way: a code that
/// somebody photographs does not cancel the booking.
/// </summary>
internal sealed record BookingSecret
{
    private const int Bytes = 16;

    private BookingSecret(string text) => Text = text;

    /// <summary>22 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public string Text { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    /// <summary>What the QR code holds; the dispenser sends it to the hub.</summary>
    public string CheckInToken => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Text), "check-in"u8).AsSpan(0, Bytes));

    /// <summary>As the hub holds it: SHA-256 in lower-case hexadecimal digits.</summary>
    public string CheckInTokenHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(CheckInToken)));

    public static BookingSecret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>From a link; null: it is none.</summary>
    public static BookingSecret? Of(string? text) =>
        text is { Length: 22 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new(text) : null;

    /// <summary>It stays out of logs.</summary>
    public override string ToString() => "…";
}
