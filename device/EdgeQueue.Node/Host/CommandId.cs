using System.Security.Cryptography;

namespace EdgeQueue.Node.Host;

/// <summary>128 random bits as 32 lower-case hexadecimal digits: the id of a command (law 3), of a press, of a store.</summary>
public static class CommandId
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
