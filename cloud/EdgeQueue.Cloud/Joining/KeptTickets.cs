using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Joining;

/// <summary>Tickets that somebody took from outside, or is written about, and what they answered afterwards: an answer hangs on its ticket's link, which is made of the press.</summary>
internal sealed class KeptTickets : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact)
    {
        Row[] tickets = [.. await connection.QueryAsync<Row>(
            $"""
            select j.person as Person, j.press as Press, b.name as Branch, j.label as Label, j.service as Service, j.channel as Channel, j.language as Language, j.state as State, j.counter as Counter,
              j.made_at as MadeAt, j.changed_at as ChangedAt
            from join_ticket j join branch b on b.id = j.branch where j.{IKeptAbout.OfTheirs} order by j.id
            """, contact)];
        Dictionary<string, Row> byHash = tickets.ToDictionary(t => HashOf(t.Press), StringComparer.Ordinal);
        IEnumerable<Answer> answers = tickets.Length == 0 ? [] : await connection.QueryAsync<Answer>(
            $"select secret_hash as Hash, score as Score, comment as Comment, at as At from survey_answer where {sql.AnyOf("secret_hash", "@hashes")} order by at", new { hashes = byHash.Keys.ToArray() });
        return
        [
            .. tickets.Select(t => new KeptFact("ticket", t.Person, KeptFact.Instant(t.MadeAt), KeptFact.Instant(t.MadeAt + JoinTickets.KeptFor), new Dictionary<string, string>
            {
                ["branch"] = t.Branch, ["ticket"] = t.Label, ["service"] = t.Service, ["takenBy"] = t.Channel, ["language"] = t.Language, ["state"] = t.State, ["counter"] = t.Counter,
                ["changedAt"] = KeptFact.Written(t.ChangedAt),
            })),
            .. answers.Select(a => new KeptFact("answer", byHash[a.Hash].Person, KeptFact.Instant(a.At), KeptFact.Instant(a.At + MobileTickets.AnswersKept), new Dictionary<string, string>
            {
                ["branch"] = byHash[a.Hash].Branch, ["ticket"] = byHash[a.Hash].Label, ["score"] = FormattableString.Invariant($"{a.Score}"), ["comment"] = a.Comment,
            })),
        ];
    }

    /// <summary>What they wrote goes; what they chose stays, of nobody.</summary>
    public async Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact)
    {
        string[] hashes = [.. (await transaction.Connection!.QueryAsync<string>($"select press from join_ticket where {IKeptAbout.OfTheirs}", contact, transaction)).Select(HashOf)];
        if (hashes.Length > 0)
        {
            await transaction.Connection!.ExecuteAsync($"update survey_answer set comment = '' where {sql.AnyOf("secret_hash", "@hashes")}", new { hashes }, transaction);
        }

        return 0;
    }

    private static string HashOf(string press) => MobileTickets.HashOf(TicketSecret.Of(press))!;

    private sealed record Row(
        long Person, string Press, string Branch, string Label, string Service, string Channel, string Language, string State, string Counter, long MadeAt, long ChangedAt);

    private sealed record Answer(string Hash, long Score, string Comment, long At);
}
