using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>
/// Passwords as they are kept: <c>pbkdf2-sha256$COUNT$SALT$HASH</c>, salt and hash in base 64, a salt for each. The count is OWASP's for PBKDF2 with
/// SHA-256 (Password Storage Cheat Sheet, 2023): 600,000.
/// </summary>
internal static class Passwords
{
    public const int Count = 600_000;

    /// <summary>OWASP ASVS 2.1.1.</summary>
    public const int Shortest = 12;

    public const int Longest = 128;

    private const string Kind = "pbkdf2-sha256";

    private const int Bytes = 32;

    /// <summary>What nobody has: looked at for names that are not there, so that they take as long.</summary>
    private static readonly string Nobodys = string.Create(
        CultureInfo.InvariantCulture, $"{Kind}${Count}${Convert.ToBase64String(new byte[16])}${Convert.ToBase64String(new byte[Bytes])}");

    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return string.Create(CultureInfo.InvariantCulture, $"{Kind}${Count}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Count))}");
    }

    /// <param name="kept">'' or null: there is none. It takes as long as with one.</param>
    public static bool Fits(string password, string? kept)
    {
        string[] parts = (kept is { Length: > 0 } ? kept : Nobodys).Split('$');
        int count = int.Parse(parts[1], CultureInfo.InvariantCulture);
        bool same = CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(parts[2]), count), Convert.FromBase64String(parts[3]));
        return same && kept is { Length: > 0 };
    }

    /// <returns>The sentence about what is wrong with it; null: nothing.</returns>
    public static string? FaultOf(string password, string name) => password.Length switch
    {
        < Shortest => $"A password has at least {Shortest} characters; a few words with spaces are good.",
        > Longest => $"A password has at most {Longest} characters.",
        _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) => "The password has the account's name in it.",
        _ when password.Distinct().Count() < 5 => "The password has too few different characters.",
        _ => null,
    };

    /// <summary>A new one: 20 letters and digits in four parts, about 99 random bits, without those that look alike.</summary>
    public static string Make() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 5)));

    private static byte[] Derive(string password, byte[] salt, int count) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, count, HashAlgorithmName.SHA256, Bytes);
}
