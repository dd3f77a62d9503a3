using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>
/// First line of a device without identity, and bound by its commitment. All lines of this conversation are JSON, each at most
/// <see cref="ClaimLine.LongestInBytes"/>, over the hub's enrolment port (TLS).
/// </summary>
/// <param name="V">Version of the conversation, 1.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, P-256, base64.</param>
/// <param name="Model">What it is, for the technician's eyes; at most 80 characters.</param>
/// <param name="Units">Its own hardware, with the counter or zone left empty.</param>
/// <param name="Branch">Of a hub that asks head office: its branch, and no units. Null: a device that asks a hub.</param>
public sealed record ClaimHello(int V, string PublicKey, string Model, IReadOnlyList<UnitConfiguration> Units, string? Branch = null);

/// <summary>Second line: <see cref="ClaimCode.Commit"/> over the bytes of the first, base64.</summary>
public sealed record ClaimCommitment(string Commitment);

/// <summary>The hub's first line.</summary>
/// <param name="Authority">Certificate of the branch's authority, PEM.</param>
/// <param name="Nonce">32 bytes, base64.</param>
/// <param name="Refusal">Then nothing else counts.</param>
public sealed record ClaimOffer(int V, string Branch, string Authority, string Nonce, Refusal? Refusal = null);

/// <summary>The device's third line: the nonce that it committed to, and <see cref="ClaimCode.DeviceProof"/> signed, base64.</summary>
public sealed record ClaimReveal(string Nonce, string Proof);

/// <summary>
/// The hub's second line, when a technician has typed the code, or when its time is over. What a device gets besides its certificate
/// is where the broker is and the units as they are configured; the paths of its files are its own matter.
/// </summary>
/// <param name="Certificate">PEM, for the key of the hello.</param>
public sealed record ClaimAnswer(
    int V, string Branch, string Node, string BrokerHost, int BrokerPort, string Certificate, IReadOnlyList<UnitConfiguration> Units,
    Refusal? Refusal = null);

/// <summary>The hub's last line: <see cref="ClaimCode.HubProof"/> signed by the authority, base64.</summary>
public sealed record ClaimSignature(string Signature);

/// <summary>Bounds of the conversation.</summary>
public static class ClaimLine
{
    public const int LongestInBytes = 32 * 1024;

    public const int LongestModel = 80;

    public const int MostUnits = 16;
}
