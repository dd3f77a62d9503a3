using System.Data.Common;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>A branch that is to be told something now.</summary>
internal interface IDueBranch
{
    /// <summary>As in MQTT.</summary>
    string Name { get; }
}

/// <summary>
/// Tells the hubs what they are to hold, whatever is due once a second. Every replica does it: a hub that is told twice notices by the version. A branch that cannot be told waits by itself,
/// and no fault in it ends the process.
/// </summary>
/// <param name="what">Is told, for the log: "bookings".</param>
/// <param name="againAfter">Milliseconds without an answer until it is told again.</param>
internal abstract class HubTeller<TDue>(string what, long againAfter, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger log) : BackgroundService
    where TDue : IDueBranch
{
    /// <summary>Its hub is not there, and says what it holds when it comes back.</summary>
    private const long AgainWhenAway = 60_000;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    protected long AgainAfter => againAfter;

    protected Complaints Complaints => complaints;

    protected ILogger Log => log;

    protected abstract Task<IReadOnlyList<TDue>> DueAsync(CancellationToken cancellation);

    protected abstract Task TellAsync(TDue due, CancellationToken cancellation);

    /// <summary>Not before; milliseconds since 1970 UTC.</summary>
    protected abstract Task LaterAsync(TDue due, long next, CancellationToken cancellation);

    /// <summary>By every broker: the branch is at one of them.</summary>
    /// <returns>When it is told again unless it answers.</returns>
    protected async Task<long> SayAsync(string topic, byte[] message)
    {
        var publication = new MqttPublication(topic, message);
        bool heard = false;
        foreach (Broker broker in brokers.All.Where(b => b.Connected))
        {
            heard |= await broker.PublishAsync(publication) == PublishOutcome.Accepted;
        }

        return Now + (heard ? againAfter : AgainWhenAway);
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (brokers.All.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (TDue due in await DueAsync(stoppingToken))
                {
                    await TellOrLaterAsync(due, stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Complain("", fault);
            }
        }
    }

    private async Task TellOrLaterAsync(TDue due, CancellationToken cancellation)
    {
        try
        {
            await TellAsync(due, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Complain(due.Name, fault);
            await LaterAsync(due, Now + AgainWhenAway, cancellation);
        }
    }

    private void Complain(string branch, Exception fault)
    {
        if (complaints.MaySay("telling " + what, branch))
        {
            IngestLog.NotTold(log, what, branch.Length > 0 ? branch : "the branches", fault is DbException ? fault.Message : fault.ToString());
        }
    }
}
