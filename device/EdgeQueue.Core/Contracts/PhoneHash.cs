using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// A phone number as everybody but the customer knows it: HMAC-SHA256 of its digits in international form, under a key of the
/// branch. It is made where the number is typed, so that the number itself never leaves the dispenser (law 12). Without the key
/// the hash cannot be tried out against the few billion numbers that there are.
/// </summary>
public static class PhoneHash
{
    /// <summary>The key's file, beside a unit's certificate: 64 hexadecimal digits and a line feed, readable by its process only.</summary>
    public const string KeyFileName = "phone.key";

    public const int KeyLength = 32;

    /// <summary>The key that a file holds.</summary>
    public static bool TryReadKey(string text, [NotNullWhen(true)] out byte[]? key)
    {
        var hex = text.Trim();
        key = hex.Length == KeyLength * 2 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
        return key is not null;
    }

    /// <summary>The hash of a number as a person types it, 64 lower-case hexadecimal digits; null: it is no phone number.</summary>
    /// <param name="countryCode">Of a number that is typed without one, e.g. <c>47</c>.</param>
    /// <param name="trunkPrefix">What such a number begins with at home and not abroad, e.g. <c>0</c>; empty: nothing.</param>
    public static string? Of(ReadOnlySpan<byte> key, string typed, string countryCode, string trunkPrefix) =>
        International(typed, countryCode, trunkPrefix) is { } digits
            ? Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(digits)))
            : null;

    /// <summary>The digits of a number in international form, without <c>+</c>; null: it is no phone number.</summary>
    public static string? International(string typed, string countryCode, string trunkPrefix) => InternationalNumber.Of(typed, countryCode, trunkPrefix);
}
