using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tool.Bookings;

/// <summary>The key under which phone numbers are hashed: one for the whole branch, or a dispenser's hash is none of the bookings'.</summary>
internal static class PhoneKeyFile
{
    /// <summary>Makes it when it is not there; true: it was made.</summary>
    public static bool Ensure(string folder)
    {
        string path = Path.Combine(folder, PhoneHash.KeyFileName);
        if (File.Exists(path))
        {
            return false;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        file.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PhoneHash.KeyLength)) + "\n");
        return true;
    }

    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static byte[] Read(string folder)
    {
        string path = Path.Combine(folder, PhoneHash.KeyFileName);
        return PhoneHash.TryReadKey(File.ReadAllText(path), out byte[]? key) ? key : throw new InvalidDataException($"{path} holds no key.");
    }
}
