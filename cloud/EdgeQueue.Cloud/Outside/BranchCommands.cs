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
/// Asks a branch for something on behalf of somebody outside: a ticket, a check-in, to leave. The same id has one effect for ever, so a caller that
/// keeps the id before it asks may ask again after anything.
/// </summary>
public sealed class BranchCommands : IReportTaker
{
    private const long KeptMs = 86_400_000;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, ReplyMessage> _heard = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asking = new(StringComparer.Ordinal);
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

    /// <param name="command">IssueTicket or CheckIn, whose press is <paramref name="id"/>, or CancelVisit.</param>
    /// <param name="wanted">How long somebody waits for it; later the hub refuses it.</param>
    /// <returns>Null: no answer came in that time. It may still have had its effect: ask again with the same id, or say that it is not known.</returns>
    public async Task<ReplyMessage?> AskAsync(string branch, string id, Command command, TimeSpan wanted, CancellationToken cancellation)
    {
        long until = Now + (long)wanted.TotalMilliseconds;
        byte[] bytes = ContractJson.Write(new OutsideMessage(1, id, until, command));
        _asking[id] = true;
        try
        {
            long said = 0;
            while (Now < until)
            {
                if (said == 0 || _time.GetElapsedTime(said) > AgainAfter)
                {
                    said = _time.GetTimestamp();
                    foreach (Broker broker in _brokers.All.Where(b => b.Connected))
                    {
                        // The branch is at one of them.
                        _ = broker.PublishAsync(new MqttPublication(new Topics(branch).CloudCommand, bytes, Expiry: TimeSpan.FromSeconds(2)));
                    }
                }

                await Task.Delay(LookEvery, _time, cancellation);
                if (await FindAsync(id, cancellation) is { } reply)
                {
                    return reply;
                }
            }

            return null;
        }
        finally
        {
            _asking.TryRemove(id, out _);
            _heard.TryRemove(id, out _);
        }
    }

    async Task IReportTaker.TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (!ContractJson.TryRead(report.Bytes.Span, out ReplyMessage? reply, out _) || reply.Id.Length > 64)
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "reply"));
            return;
        }

        if (_asking.ContainsKey(reply.Id))
        {
            _heard[reply.Id] = reply;
            return;
        }

        long branch = await _book.BranchAsync(report.Branch, cancellation);
        string text = Encoding.UTF8.GetString(report.Bytes.Span);
        await _database.WriteAsync(
            async t =>
            {
                await t.Connection!.ExecuteAsync("delete from outside_reply where heard_at < @Old", new { Old = Now - KeptMs }, t);
                return await t.Connection!.ExecuteAsync(
                    "insert into outside_reply(id, branch, reply, heard_at) values (@Id, @branch, @text, @Now) on conflict (id) do nothing", new { reply.Id, branch, text, Now }, t);
            },
            cancellation);
    }

    private async Task<ReplyMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        if (_heard.TryGetValue(id, out ReplyMessage? heard))
        {
            return heard;
        }

        string? text = await _database.ReadAsync(c => c.QuerySingleOrDefaultAsync<string?>("select reply from outside_reply where id = @id", new { id }), cancellation);
        return text is not null && ContractJson.TryRead(Encoding.UTF8.GetBytes(text), out ReplyMessage? reply, out _) ? reply : null;
    }
}
