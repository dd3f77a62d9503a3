using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>Of which alerts somebody at head office is told. A mailbox stays until it is removed at its rule.</summary>
internal sealed class KeptRecipients : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<Row>(
            $"""
            select a.person as Person, r.name as Rule, r.scope as Scope, a.channel as Channel, a.quiet as Quiet, p.created_at as MadeAt, p.expires_at as Until
            from alert_recipient a join alert_rule r on r.id = a.rule left join person p on p.id = a.person
            where a.removed = 0 and (a.{IKeptAbout.OfTheirs} or (a.channel = 'mail' and lower(a.target) = @MailKey)) order by a.id
            """, contact)).Select(r => new KeptFact("alert", r.Person, r.MadeAt is { } made ? KeptFact.Instant(made) : null, r.Until is { } until ? KeptFact.Instant(until) : null, new Dictionary<string, string>
        {
            ["rule"] = r.Rule, ["of"] = r.Scope, ["by"] = r.Channel, ["quiet"] = r.Quiet,
        }))];

    private sealed record Row(long? Person, string Rule, string Scope, string Channel, string Quiet, long? MadeAt, long? Until);
}
