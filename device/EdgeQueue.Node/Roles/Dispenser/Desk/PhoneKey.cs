using EdgeQueue.Core.Contracts;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>Makes phone numbers unreadable before they leave this device (law 12), with the branch's key beside the certificate.</summary>
public sealed class PhoneKey(string path, NodeStatus status)
{
    private byte[]? key;

    /// <summary>Reads the key, so that a missing one is known before a customer needs it.</summary>
    public bool Load()
    {
        try
        {
            key ??= PhoneHash.TryReadKey(File.ReadAllText(path), out var read) ? read : null;
            status.Fault("phoneKeyMissing", key is not null ? null
                : $"{path} holds no key ({PhoneHash.KeyLength} bytes in hexadecimal), so nobody can check in by phone number. Copy the branch's, which 'edgequeue certificates' made.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            status.Fault("phoneKeyMissing", $"{path} cannot be read, so nobody can check in by phone number: {e.Message} Copy the branch's, which 'edgequeue certificates' made.");
        }

        return key is not null;
    }

    /// <summary>The number's hash; null: it is no phone number, or there is no key.</summary>
    public string? HashOf(string typed, string countryCode, string trunkPrefix) =>
        Load() ? PhoneHash.Of(key, typed, countryCode, trunkPrefix) : null;
}
