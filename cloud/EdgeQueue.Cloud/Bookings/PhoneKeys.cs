using EdgeQueue.Cloud.People;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>The keys of the branches under which phone numbers are hashed: with them people check in by their number, and the number stays here.</summary>
internal sealed class PhoneKeys(BookingsSettings settings)
{
    /// <param name="branch">A name as in MQTT: it is part of a file's name.</param>
    /// <returns>'' when the branch has no key here.</returns>
    public string HashOf(string branch, PhoneNumber phone)
    {
        string file = Path.Combine(settings.PhoneKeys, branch + ".key");
        return settings.PhoneKeys.Length > 0 && Topics.IsName(branch) && File.Exists(file) && PhoneHash.TryReadKey(File.ReadAllText(file), out byte[]? key)
            ? PhoneHash.Of(key, phone.Written, "", "") ?? "" : "";
    }
}
