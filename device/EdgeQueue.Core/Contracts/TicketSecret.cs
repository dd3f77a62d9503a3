using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// The unguessable part of the link on a ticket (<c>{secret}</c> in <c>ticketLink</c>). It is made one way from the 128 random bits of the press that
/// took the ticket, which the dispenser, the hub and (with the event) the cloud know: so it needs no key, and stands on tickets that were taken offline.
/// </summary>
public static class TicketSecret
{
    /// <summary>Characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public const int Length = 22;

    public static string Of(string press) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("edgequeue ticket " + press)).AsSpan(0, 16));
}
