using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Dispenser;

/// <summary>
/// The test in the hub's place, answering a dispenser as the laws want it: the same id gets the same reply, one press is one
/// visit, a leased number is never an ordinary one. It remembers everything, so that the test can count.
/// </summary>
public sealed class AnsweringHub : IAsyncDisposable
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly MqttConnection connection;
    private readonly Topics topics = new(Broker.Branch);
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, ReplyMessage> replies = [];
    private readonly Dictionary<string, PlayedVisit> byPress = [];
    private readonly List<JoinOffline> joins = [];
    private readonly List<NodeStatusMessage> statuses = [];
    private readonly List<LeasedBlock> leases = [];
    private readonly Lock gate = new();
    private readonly Task running;
    private long seq = 100;

    public AnsweringHub(Broker broker)
    {
        connection = new MqttConnection(broker.Options("hub", [.. topics.HubSubscriptions.Take(2)]));
        running = Task.WhenAll(connection.RunAsync(stop.Token), HearAsync(), BeatAsync());
    }

    /// <summary>Neither beats nor hears: as if its power was cut.</summary>
    public volatile bool Gone;

    /// <summary>Does what it is told, and its replies get lost.</summary>
    public volatile bool Mute;

    /// <summary>Faults and counts that the dispenser told last; null: nothing yet.</summary>
    public NodeStatusMessage? Status => Locked(() => statuses.LastOrDefault());

    public IReadOnlyList<PlayedVisit> Visits => Locked(() => byPress.Values.OrderBy(v => v.Visit).ToList());

    public IReadOnlyList<JoinOffline> Joins => Locked(() => joins.ToList());

    public long BranchMs => 1_000_000 + clock.ElapsedMilliseconds;

    public Task SayAsync<T>(string topic, T message) =>
        connection.PublishAsync(new MqttPublication(topic, ContractJson.Write(message), Retain: true));

    public async Task OfferAsync(UnitAddress unit, int buttons, params OpenCopy[] copies)
    {
        var names = new Dictionary<string, string> { ["en"] = "Cash desk", ["ar"] = "الصندوق" };
        await SayAsync(topics.Dispenser(unit), new DispenserMessage(
            1, "j", Interlocked.Increment(ref seq), true, null, new Dictionary<string, string> { ["en"] = "Main Street" }, ["en", "ar"],
            [.. Enumerable.Range(1, buttons).Select(b => new MenuEntry(b, "cash", null, "en", names, "A", 3, true, 0))],
            "edgequeue:{branch}/{label}", copies));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await connection.DisposeAsync();
        await running;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    private async Task HearAsync()
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync(CancellationToken.None))
        {
            if (Gone || arrival is not MqttMessage message || !topics.TryParse(message.Topic, out var address))
            {
                continue;
            }

            if (address.Kind == TopicKind.NodeStatus && ContractJson.TryRead<NodeStatusMessage>(message.Payload.Span, out var status, out _))
            {
                Locked(() =>
                {
                    statuses.Add(status);
                    return true;
                });
            }
            else if (address.Kind == TopicKind.Command)
            {
                Assert.True(ContractJson.TryRead<CommandMessage>(message.Payload.Span, out var command, out var fault), fault);
                var reply = Locked(() => replies.TryGetValue(command.Id, out var known) ? known : replies[command.Id] = Answer(command));
                if (!Mute)
                {
                    _ = connection.PublishAsync(new MqttPublication(topics.Reply(address.Unit!), ContractJson.Write(reply)));
                }
            }
        }
    }

    private ReplyMessage Answer(CommandMessage message)
    {
        var reply = new ReplyMessage(1, message.Id, "j", ++seq, null);
        switch (message.Command)
        {
            case null:
                return reply with { Refusal = new Refusal("withdrawn", "The press was withdrawn.") };
            case IssueTicket issue:
                return reply with { Ticket = Result(VisitOf(issue.Press, () => Label(byPress.Count + 1))) };
            case JoinOffline join:
                joins.Add(join);
                var joined = VisitOf(join.Press, () => Label(join.Number));
                joined.Label = Label(join.Number);
                return reply with { Ticket = Result(joined) };
            case ReportPrint report:
                byPress.Values.Single(v => v.Visit == report.Visit).Reports.Add((report.Outcome, report.Copy));
                return reply;
            case LeaseNumbers lease:
                if (lease.Remaining["cash"] < 50)
                {
                    var first = 800 + leases.Count * 100;
                    leases.Add(new LeasedBlock($"L{first}", "cash", "A", 3, first, first + 99));
                }

                return reply with { Lease = new LeaseResult(lease.Store, [.. leases]) };
            default:
                return reply with { Refusal = Refusal.Invalid("not played") };
        }
    }

    private PlayedVisit VisitOf(string press, Func<string> label)
    {
        if (!byPress.TryGetValue(press, out var visit))
        {
            byPress[press] = visit = new PlayedVisit(byPress.Count + 1, label());
        }

        return visit;
    }

    private static string Label(int number) => string.Create(CultureInfo.InvariantCulture, $"A{number:D3}");

    private static TicketResult Result(PlayedVisit visit) => new(
        visit.Visit, visit.Label, "cash", null, "en", 4, new ExpectedWait(6, 12), "2026-03-02T09:41", $"edgequeue:test/{visit.Visit}");

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            for (var beat = 1; await timer.WaitForNextTickAsync(stop.Token); beat++)
            {
                if (!Gone)
                {
                    await SayAsync(topics.BranchStatus, new BranchStatusMessage(
                        1, "j", Interlocked.Read(ref seq), true, beat, BranchMs, 12 * 3_600_000 + BranchMs, true, 1, 0, "test", [], []));
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

/// <summary>A visit as the played hub knows it.</summary>
public sealed class PlayedVisit(long visit, string label)
{
    public long Visit { get; } = visit;

    /// <summary>What the hub gave it first.</summary>
    public string FirstLabel { get; } = label;

    public string Label { get; set; } = label;

    public List<(Core.Queue.PrintOutcome Outcome, bool Copy)> Reports { get; } = [];
}
