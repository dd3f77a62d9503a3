using System.Data.Common;
using System.Globalization;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.People;

/// <summary>Something that a room keeps about somebody.</summary>
/// <param name="What">booking, ticket, answer, sms, mail …</param>
/// <param name="Entry">The row of the one table that it hangs on; null: it has the address itself.</param>
/// <param name="At">When it came to be; null: that is not kept.</param>
/// <param name="DeletedAt">Null: when somebody removes it.</param>
/// <param name="Facts">What is known of it, by name. No link by which something could be changed: whoever exports is not the person.</param>
public sealed record KeptFact(string What, long? Entry, DateTimeOffset? At, DateTimeOffset? DeletedAt, IReadOnlyDictionary<string, string> Facts)
{
    public static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>As it is written among the facts.</summary>
    public static string Written(long ms) => Instant(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A room that keeps something about people beside the one table with their names and numbers.</summary>
internal interface IKeptAbout
{
    /// <summary>A condition on a column <c>person</c> of a room's own table, with the parameters of <see cref="Contact"/>.</summary>
    const string OfTheirs = $"person in (select id from person where {PersonStore.Theirs})";

    /// <summary>All of it: an export has to be complete.</summary>
    Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact);

    /// <summary>In the transaction of an erasure, before the rows go by which it is found: what could say later who it was.</summary>
    /// <returns>Rows that had the address itself.</returns>
    Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact) => Task.FromResult(0);
}
