using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// Hash of an operator's PIN: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base64 (PBKDF2, RFC 8018, with
/// HMAC-SHA-256). A PIN alone says who signs in, so all operators of a branch share salt and iterations: one derivation finds
/// the operator, and the same PIN given twice shows as the same hash. No hash protects four digits from who holds the file;
/// it keeps PINs from being read in passing. Keep the file private.
/// </summary>
public static class PinHash
{
    public const int Iterations = 100_000;

    /// <summary>Bytes of a new salt.</summary>
    public const int SaltLength = 16;

    public const int ShortestPin = 4;

    public const int LongestPin = 8;

    private const int HashLength = 32;
    private const string Algorithm = "pbkdf2-sha256";

    // A configuration from outside must not be able to keep the hub busy for minutes.
    private const int MostIterations = 1_000_000;

    /// <summary>Null when the text is a PIN: 4 to 8 digits; else the sentence that says so.</summary>
    public static string? FaultOf(string pin) =>
        pin.Length is >= ShortestPin and <= LongestPin && pin.All(char.IsAsciiDigit)
            ? null
            : $"A PIN is {ShortestPin} to {LongestPin} digits.";

    /// <param name="salt">Random, or the branch's own.</param>
    public static string Of(string pin, ReadOnlySpan<byte> salt, int iterations = Iterations) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Algorithm}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(pin, salt, iterations))}");

    /// <summary>Whether this PIN made this hash; compared in constant time. False for a hash that is not one.</summary>
    public static bool Matches(string hash, string pin) =>
        Parse(hash) is { } parsed
        && CryptographicOperations.FixedTimeEquals(parsed.Hash, Derive(pin, parsed.Salt, parsed.Iterations));

    /// <summary>Salt and iterations of a hash, to make another for the same branch; null: not a hash.</summary>
    public static (byte[] Salt, int Iterations)? SaltOf(string hash) =>
        Parse(hash) is { } parsed ? (parsed.Salt, parsed.Iterations) : null;

    /// <summary>The operator with this PIN. One derivation for each salt, every hash compared: the time does not tell whose.</summary>
    internal static OperatorConfiguration? Find(IEnumerable<OperatorConfiguration> operators, string pin)
    {
        if (FaultOf(pin) is not null)
        {
            return null;
        }

        OperatorConfiguration? found = null;
        var derived = new Dictionary<string, byte[]>();
        foreach (var person in operators)
        {
            if (person.PinHash is not { } hash || Parse(hash) is not { } parsed)
            {
                continue;
            }

            var salted = hash[..hash.LastIndexOf('$')];
            if (!derived.TryGetValue(salted, out var key))
            {
                derived[salted] = key = Derive(pin, parsed.Salt, parsed.Iterations);
            }

            found = CryptographicOperations.FixedTimeEquals(parsed.Hash, key) ? person : found;
        }

        return found;
    }

    private static byte[] Derive(string pin, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(pin), salt, iterations, HashAlgorithmName.SHA256, HashLength);

    private static (byte[] Salt, int Iterations, byte[] Hash)? Parse(string text) =>
        text.Split('$') is [Algorithm, var count, var salt, var hash]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
        && iterations is >= 1 and <= MostIterations
        && Base64(salt) is { Length: >= 8 } saltBytes
        && Base64(hash) is { Length: HashLength } hashBytes
            ? (saltBytes, iterations, hashBytes)
            : null;

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
