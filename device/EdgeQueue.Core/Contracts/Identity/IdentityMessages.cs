using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>On <c>identity/{node}/renew</c>, retained, from the registrar: the certificate of this serial number ends before long.</summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Serial">Hexadecimal; who has another one already has nothing to do.</param>
public sealed record RenewalWanted(int V, string Serial);

/// <summary>On <c>identity/{node}/request</c>, from a node under the identity that it has.</summary>
/// <param name="Id">128 random bits, 32 lower-case hexadecimal digits.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of the new key, P-256, base64. The key itself never leaves the device.</param>
/// <param name="Proof">Signature of <see cref="IdentityProof.OfRenewal"/> with the new key, base64.</param>
/// <param name="Has">Not a request: the node has the certificate of this serial number on its disk. Key and proof are empty then.</param>
public sealed record RenewalRequest(int V, string Id, string PublicKey, string Proof, string? Has = null);

/// <summary>On <c>identity/{node}/certificate</c>, from the registrar: the answer to the request of this id.</summary>
/// <param name="Certificate">PEM; null: refused.</param>
public sealed record RenewalAnswer(int V, string Id, string? Certificate, Refusal? Refusal);
