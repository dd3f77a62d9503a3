using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The secret in a booking's QR code: whoever has it gets the slot. The branch keeps only its SHA-256, so that a journal, a backup
/// or an export opens no booking. No salt and no stretching: it is 16 … 128 characters of chance and not a word that somebody chose.
/// </summary>
public static class BookingToken
{
    private const int Shortest = 16;
    private const int Longest = 128;

    public static bool IsOne(string token) => token.Length is >= Shortest and <= Longest;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
