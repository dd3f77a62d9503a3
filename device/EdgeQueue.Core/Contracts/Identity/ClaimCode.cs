using System.Buffers.Binary;
using System.Globalization;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>
/// The short code that a new device shows and its technician types at the hub: eight digits of a hash over both sides' keys and
/// nonces, with the device's nonce committed to before it knows the hub's. The README of this folder says what it protects from.
/// </summary>
public static class ClaimCode
{
    public const int Digits = 8;

    /// <summary>Bytes of each side's nonce.</summary>
    public const int NonceLength = 32;

    private const ulong Codes = 100_000_000;

    /// <summary>What the device says first: it can show no other nonce later.</summary>
    /// <param name="hello">The bytes of its <see cref="ClaimHello"/> without the commitment: key and devices are bound too.</param>
    public static byte[] Commit(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> deviceNonce) =>
        IdentityProof.Digest("edgequeue claim commitment v1", hello.ToArray(), deviceNonce.ToArray());

    /// <summary>What both sides have said to each other, as 32 bytes: signed by either, and the source of the code.</summary>
    /// <param name="authority">DER of the certificate of the branch's authority.</param>
    public static byte[] Transcript(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> authority, ReadOnlySpan<byte> hubNonce, ReadOnlySpan<byte> deviceNonce) =>
        IdentityProof.Digest("edgequeue claim transcript v1", hello.ToArray(), authority.ToArray(), hubNonce.ToArray(), deviceNonce.ToArray());

    /// <summary>Eight digits; each as likely as any other to one part in 10^11.</summary>
    public static string Of(ReadOnlySpan<byte> transcript) =>
        (BinaryPrimitives.ReadUInt64BigEndian(IdentityProof.Digest("edgequeue claim code v1", transcript.ToArray())) % Codes)
            .ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>As people read it: 4829 1730.</summary>
    public static string Readable(string code) => code.Length == Digits ? $"{code[..4]} {code[4..]}" : code;

    /// <summary>As typed, without blanks and hyphens; null: not eight digits.</summary>
    public static string? Read(string typed)
    {
        string digits = string.Concat(typed.Where(c => c is not (' ' or '-')));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>Signed with the device's key: the one who shows the code has the key.</summary>
    public static byte[] DeviceProof(ReadOnlySpan<byte> transcript) =>
        IdentityProof.Digest("edgequeue claim device proof v1", transcript.ToArray());

    /// <summary>Signed with the authority's key: certificate, name and broker come from the hub whose code was typed.</summary>
    /// <param name="answer">The bytes of the <see cref="ClaimAnswer"/>.</param>
    public static byte[] HubProof(ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> answer) =>
        IdentityProof.Digest("edgequeue claim hub proof v1", transcript.ToArray(), answer.ToArray());
}
