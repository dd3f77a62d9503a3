using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>
/// The unguessable part of a booking's link: 128 random bits. The database has only hashes, so whoever reads it can neither move nor
/// cancel a booking nor check in with it. What the QR code for the dispenser holds is made from it one way: a code that
/// somebody photographs does not cancel the booking.
/// </summary>
internal sealed record BookingSecret
{
    private readonly Secret _secret;

    private BookingSecret(Secret secret) => _secret = secret;

    public string Text => _secret.Text;

    public string Hash => _secret.Hash;

    /// <summary>What the QR code holds; the dispenser sends it to the hub.</summary>
    public string CheckInToken => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Text), "check-in"u8).AsSpan(0, Secret.ShortBytes));

    /// <summary>As the hub holds it: SHA-256 in lower-case hexadecimal digits.</summary>
    public string CheckInTokenHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(CheckInToken)));

    public static BookingSecret New() => new(Secret.New(Secret.ShortBytes));

    /// <summary>Made of something that nobody else knows, the same each time.</summary>
    public static BookingSecret Made(ReadOnlySpan<byte> of) => new(Secret.Of(Base64Url.EncodeToString(of[..Secret.ShortBytes]), Secret.ShortBytes)!);

    /// <summary>From a link; null: it is none.</summary>
    public static BookingSecret? Of(string? text) => Secret.Of(text, Secret.ShortBytes) is { } secret ? new(secret) : null;

    /// <summary>It stays out of logs.</summary>
    public override string ToString() => "…";
}
