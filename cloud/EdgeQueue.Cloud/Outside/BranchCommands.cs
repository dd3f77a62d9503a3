using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Cloud.Outside;

/// <summary>
/// Asks a branch for something on behalf of somebody outside: a ticket, a check-in, more time, to leave. The same id has one effect for ever, so a caller
/// that keeps the id before it asks may ask again after anything.
/// </summary>
public sealed class BranchCommands : IReportTaker
{
    private const long KeptMs = 86_400_000;

    /// <summary>An answer is some hundred bytes.</summary>
    private const int LongestReply = 16 * 1024;

    /// <summary>Until it is said again, and looked whether another replica has heard the answer: that is in the database, and asking it costs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(long Branch, string Id), TaskCompletionSource<ReplyMessage>> _asking = new();
    private readonly IngestBrokers _brokers;
    private readonly BranchBook _book;
    private readonly IDatabase _database;
    private readonly TimeProvider _time;

    internal BranchCommands(IngestBrokers brokers, BranchBook book, IDatabase database, TimeProvider time) =>
        (_brokers, _book, _database, _time) = (brokers, book, database, time);

    TopicKind IReportTaker.Kind => TopicKind.CloudReply;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>128 random bits: keep it before you ask.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>An id that is the same whoever asks for the same, whenever: a second press is the first one.</summary>
    public static string IdOf(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("edgequeue outside " + what)).AsSpan(0, 16));

    /// <param name="command">IssueTicket or CheckIn, whose press is <paramref name="id"/>, CancelVisit, Postpone or Redirect.</param>
    /// <param name="wanted">How long somebody waits for it; later the hub refuses it.</param>
    /// <returns>Null: no answer came in that time. It may still have had its effect: ask again with the same id, or say that it is not known.</returns>
    public Task<ReplyMessage?> AskAsync(string branch, string id, Command command, TimeSpan wanted, CancellationToken cancellation) =>
        AskAsync(branch, id, command, Now + (long)wanted.TotalMilliseconds, wanted, cancellation);

    /// <param name="until">The same each time that the same is asked, UTC milliseconds. After it the hub decides nothing new: it answers what had come of it, or <c>tooLate</c>, which is certain.</param>
    /// <param name="patience">So long the answer is waited for.</param>
    public async Task<ReplyMessage?> AskAsync(string branch, string id, Command command, long until, TimeSpan patience, CancellationToken cancellation)
    {
        byte[] bytes = ContractJson.Write(new OutsideMessage(1, id, until, command));
        long of = await _book.BranchAsync(branch, cancellation);
        await NoteAsync(of, id, cancellation);
        TaskCompletionSource<ReplyMessage> heard = _asking.GetOrAdd((of, id), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            for (long began = _time.GetTimestamp(); _time.GetElapsedTime(began) < patience;)
            {
                foreach (Broker broker in _brokers.All.Where(b => b.Connected))
                {
                    // The branch is at one of them.
                    _ = broker.PublishAsync(new MqttPublication(new Topics(branch).CloudCommand, bytes, Expiry: TimeSpan.FromSeconds(2)));
                }

                if (await Task.WhenAny(heard.Task, Task.Delay(Pause, _time, cancellation)) == heard.Task)
                {
                    return await heard.Task;
                }

                cancellation.ThrowIfCancellationRequested();
                if (await FindAsync(of, id, cancellation) is { } reply)
                {
                    return reply;
                }
            }

            return null;
        }
        finally
        {
            _asking.TryRemove(new((of, id), heard));
        }
    }

    async Task IReportTaker.TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (report.Bytes.Length > LongestReply || !ContractJson.TryRead(report.Bytes.Span, out ReplyMessage? reply, out _) || reply.Id.Length > 64)
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "reply"));
            return;
        }

        // Only the branch that was asked may answer.
        long branch = await _book.BranchAsync(report.Branch, cancellation);
        if (_asking.TryGetValue((branch, reply.Id), out TaskCompletionSource<ReplyMessage>? asking))
        {
            asking.TrySetResult(reply);
            return;
        }

        string text = Encoding.UTF8.GetString(report.Bytes.Span);
        await _database.WriteAsync(
            t => t.Connection!.ExecuteAsync("update outside_ask set reply = @text where id = @Id and branch = @branch", new { reply.Id, branch, text }, t), cancellation);
    }

    /// <summary>Asked anew: an answer of before, a refusal for instance, does not count any more.</summary>
    private Task NoteAsync(long branch, string id, CancellationToken cancellation) => _database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("delete from outside_ask where asked_at < @old", new { old = Now - KeptMs }, t);
            return await t.Connection!.ExecuteAsync(
                "insert into outside_ask(id, branch, reply, asked_at) values (@id, @branch, '', @Now) on conflict (id) do update set reply = '', asked_at = excluded.asked_at",
                new { id, branch, Now }, t);
        },
        cancellation);

    private async Task<ReplyMessage?> FindAsync(long branch, string id, CancellationToken cancellation)
    {
        string? text = await _database.ReadAsync(
            c => c.QuerySingleOrDefaultAsync<string?>("select reply from outside_ask where id = @id and branch = @branch and reply <> ''", new { id, branch }), cancellation);
        return text is not null && ContractJson.TryRead(Encoding.UTF8.GetBytes(text), out ReplyMessage? reply, out _) ? reply : null;
    }
}
