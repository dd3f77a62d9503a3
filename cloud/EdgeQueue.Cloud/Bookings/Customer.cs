using EdgeQueue.Cloud.People;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Who books.</summary>
/// <param name="PhoneHash">Under the branch's key; '': it has none.</param>
internal sealed record Customer(string Name, Contact Contact, string PhoneHash);
