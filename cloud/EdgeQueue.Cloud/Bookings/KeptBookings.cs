using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>What somebody has booked; erased it stays as a slot of nobody.</summary>
internal sealed class KeptBookings : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<Row>(
            $"""
            select k.person as Person, b.name as Branch, k.number as Number, k.service as Service, k.officer as Officer, k.starts_at as StartsAt, k.ends_at as EndsAt, k.state as State,
              k.language as Language, k.moves as Moves, cast(case when k.phone_hash = '' then 0 else 1 end as bigint) as Hashed, k.made_at as MadeAt, k.changed_at as ChangedAt
            from booking k join branch b on b.id = k.branch where k.{IKeptAbout.OfTheirs} order by k.id
            """, contact)).Select(r => new KeptFact("booking", r.Person, KeptFact.Instant(r.MadeAt), KeptFact.Instant(r.StartsAt + BookingHousekeeping.KeptFor), new Dictionary<string, string>
        {
            ["branch"] = r.Branch, ["number"] = r.Number, ["service"] = r.Service, ["officer"] = r.Officer, ["from"] = KeptFact.Written(r.StartsAt), ["to"] = KeptFact.Written(r.EndsAt), ["state"] = r.State,
            ["language"] = r.Language, ["moves"] = FormattableString.Invariant($"{r.Moves}"), ["keyedHashOfNumber"] = r.Hashed > 0 ? "yes" : "no", ["changedAt"] = KeptFact.Written(r.ChangedAt),
        }))];

    /// <summary>The keyed hash goes: it was made from the number. And at the hubs, which are told each booking whose version is beyond what they hold.</summary>
    public async Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact)
    {
        DbConnection connection = transaction.Connection!;
        await connection.ExecuteAsync($"update booking set phone_hash = '' where {IKeptAbout.OfTheirs}", contact, transaction);
        foreach (long branch in (await connection.QueryAsync<long>(
            $"select distinct branch from booking where {IKeptAbout.OfTheirs} and version > 0 and state = 'booked' order by branch", contact, transaction)).AsList())
        {
            long version = await connection.ExecuteScalarAsync<long>(
                "insert into booking_version(branch, version) values (@branch, 1) on conflict(branch) do update set version = booking_version.version + 1 returning version", new { branch }, transaction);
            await connection.ExecuteAsync(
                $"update booking set version = @version where branch = @branch and version > 0 and state = 'booked' and {IKeptAbout.OfTheirs}", new { branch, version, contact.Digits, contact.MailKey }, transaction);
        }

        return 0;
    }

    private sealed record Row(
        long Person, string Branch, string Number, string Service, string Officer, long StartsAt, long EndsAt, string State, string Language, long Moves, long Hashed, long MadeAt, long ChangedAt);
}
