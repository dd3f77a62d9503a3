using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// Answers nodes that ask for a new certificate under the identity that they have: the broker says who speaks, so the name comes from
/// the topic. Only whose certificate ends before long gets one.
/// </summary>
internal sealed class Renewals(BranchAuthority authority, string branch)
{
    /// <summary>A request is some hundred bytes.</summary>
    public const int LongestInBytes = 4 * 1024;

    /// <returns>
    /// The answer; null when there is nobody to answer, with the reason in <paramref name="refused"/>; null without a reason: the node has
    /// what it was given.
    /// </returns>
    public RenewalAnswer? Answer(string node, ReadOnlySpan<byte> payload, out string? refused)
    {
        if (payload.Length > LongestInBytes)
        {
            refused = $"a request of {payload.Length} bytes";
            return null;
        }

        if (!IdentityJson.TryRead(payload, out RenewalRequest? request, out string? fault))
        {
            refused = fault;
            return null;
        }

        if (request.V != 1 || request.Id.Length != 32 || !request.Id.All(char.IsAsciiHexDigitLower))
        {
            refused = "it is not a request of version 1 with an id";
            return null;
        }

        if (request.Has is { } serial)
        {
            authority.Register.Confirm(node, serial);
            refused = authority.Register.Find(node)?.InUse?.Serial == serial ? null : "it says to have a certificate that it was not given";
            return null;
        }

        if (Why(node, request, out PublicKey? key) is { } refusal)
        {
            refused = refusal.Sentence;
            return new RenewalAnswer(1, request.Id, null, refusal);
        }

        refused = null;
        return new RenewalAnswer(1, request.Id, authority.Give(node, key!, renewal: true), null);
    }

    private Refusal? Why(string node, RenewalRequest request, out PublicKey? key)
    {
        byte[]? spki = Base64(request.PublicKey);
        key = spki is null ? null : BranchCertificates.ReadKey(spki);
        if (key is null || Base64(request.Proof) is not { } proof || !Proves(key, IdentityProof.OfRenewal(branch, node, request.Id, spki), proof))
        {
            return new Refusal("badRequest", "The key is not a P-256 key, or its proof is not its own.");
        }

        return authority.Register.Find(node) is not { Current: not null } known
            ? new Refusal("unknownNode", $"No certificate of '{node}' is known here, or it is revoked. Claim the device anew: edgequeue replace.")
            : !authority.IsDue(known) ? new Refusal("notDue", $"The certificate of '{node}' has more than a third of its life left.")
            : authority.Standing(known) is var standing && standing >= NodeRegister.MostCertificates
                ? new Refusal("tooMany", $"'{node}' has {standing} certificates that have not ended: edgequeue replace.")
            : !authority.MayHaveAnother(known)
                ? new Refusal("notYet", $"'{node}' was given {known.Unconfirmed.Count()} certificates and has said of none that it has it. It gets another later: look whether its disk is full.")
            : null;
    }

    /// <summary>Whether the key made this signature (ECDSA, SHA-256, DER).</summary>
    public static bool Proves(PublicKey key, byte[] what, byte[] signature)
    {
        using ECDsa? its = key.GetECDsaPublicKey();
        return its is not null && its.VerifyData(what, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Null: it is not base64.</summary>
    public static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
