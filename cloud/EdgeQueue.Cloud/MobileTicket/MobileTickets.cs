using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>A ticket that somebody follows.</summary>
internal sealed record MobileTicketRow(long Branch, string BranchName, long Visit, string Label, string Service, string Language, string Ended, long Answered);

/// <summary>Which tickets there are: from the branches' events, in the transaction that stores them. Only hashes of the links' secrets.</summary>
internal sealed class MobileTickets(IDatabase database, MobileSettings settings, TimeProvider time) : IEventFollower
{
    private const long Hour = 3_600_000;

    /// <summary>What people said afterwards.</summary>
    public const long AnswersKept = 400 * 24 * Hour;

    private const int LongestComment = 500;

    private const string Columns =
        """
        t.branch as Branch, b.name as BranchName, t.visit as Visit, t.label as Label, t.service as Service, t.language as Language, t.ended as Ended,
        (select count(*) from survey_answer a where a.secret_hash = t.secret_hash) as Answered
        """;

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        EventJson.TypeOf(new TicketIssued(0, "", "", 0, "", null, 0, 0, 0, "", null, "", null, default, false, false, default)),
        EventJson.TypeOf(new TicketRelabelled(0, "", "", 0, null, default)), EventJson.TypeOf(new VisitEnded(0, default, null, default)),
        EventJson.TypeOf(new VisitReinstated(0, "", false, default)), EventJson.TypeOf(new VisitRestored(0, default!, default)),
    };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="secret">From a link; null: it is none.</param>
    public static string? HashOf(string secret) =>
        Secret.Of(secret, Secret.ShortBytes)?.Hash;

    public Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
    {
        var changes = new TicketChanges();
        foreach (StoredEvent stored in events.Where(e => settings.Allows(e.BranchName)).OrderBy(e => e.Branch).ThenBy(e => e.Seq))
        {
            changes.Add(stored);
        }

        return changes.WriteAsync(database.Sql, transaction, Now);
    }

    /// <returns>Null: the branch has not reported it (yet), it is over for long, or somebody guesses.</returns>
    public Task<MobileTicketRow?> FindAsync(string hash, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<MobileTicketRow>(
            $"select {Columns} from mobile_ticket t join branch b on b.id = t.branch where t.secret_hash = @hash and t.came_at > @from", new { hash, from = Now - (settings.Hours * Hour) }), cancellation);

    /// <summary>Those of many that are known, by hash: one look for all who follow.</summary>
    public Task<IReadOnlyDictionary<string, MobileTicketRow>> FindAsync(string[] hashes, CancellationToken cancellation) => database.ReadAsync<IReadOnlyDictionary<string, MobileTicketRow>>(
        async connection => (await connection.QueryAsync<string, MobileTicketRow, (string, MobileTicketRow)>(
            $"select t.secret_hash as Hash, {Columns} from mobile_ticket t join branch b on b.id = t.branch where {database.Sql.AnyOf("t.secret_hash", "@hashes")} and t.came_at > @from",
            static (hash, row) => (hash, row), new { hashes, from = Now - (settings.Hours * Hour) }, splitOn: "Branch")).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal), cancellation);

    /// <summary>The first answer counts.</summary>
    public Task<int> AnswerAsync(string hash, MobileTicketRow ticket, int score, string comment, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into survey_answer(secret_hash, branch, service, score, comment, at) values (@hash, @Branch, @Service, @score, @comment, @Now)
            on conflict(secret_hash) do nothing
            """,
            new { hash, ticket.Branch, ticket.Service, score = (long)score, comment = comment.Length > LongestComment ? comment[..LongestComment] : comment, Now }, transaction), cancellation);

    /// <summary>Deletes what has expired: tickets with their links, and what people said after 400 days.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
            await transaction.Connection!.ExecuteAsync("delete from mobile_ticket where came_at < @before", new { before = Now - (settings.Hours * Hour) }, transaction)
            + await transaction.Connection!.ExecuteAsync("delete from survey_answer where at < @before", new { before = Now - AnswersKept }, transaction),
        cancellation);

    /// <summary>Deletes what somebody wrote; what they chose stays, without it.</summary>
    public Task<int> EraseCommentAsync(string hash, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("update survey_answer set comment = '' where secret_hash = @hash", new { hash }, transaction), cancellation);
}
