using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>Tells the hubs of the branches whose turn it is what is wished, hears what came of it, and takes the roll-out on or stops it. A hub that is told twice notices by the number.</summary>
internal sealed class RolloutSender(RolloutStore store, BranchBook book, IngestBrokers brokers, TimeProvider time, Complaints complaints, ILogger<RolloutSender> log)
    : HubTeller<RolloutDue>("roll-outs", againAfter: 10_000, brokers, time, complaints, log), IReportTaker
{
    private const int BranchesAtOnce = 100;

    private const int LookedAt = 5;

    private const int LongestSentence = 300;

    public TopicKind Kind => TopicKind.UpdateHeld;

    public async Task TakeAsync(ArrivedReport report, CancellationToken cancellation)
    {
        if (!UpdateJson.TryRead(report.Bytes.Span, out UpdateReport? said, out _) || said.V != 1 || said.Number < 0 || said.Devices < 0 || said.Done < 0 || said.Busy < 0)
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "update"));
            return;
        }

        string words = said.Stopped ?? said.Waiting ?? "";
        await store.SaidAsync(await book.BranchAsync(report.Branch, cancellation), said, StorableText.Of(words.Length > LongestSentence ? words[..LongestSentence] : words), cancellation);
    }

    protected override async Task<IReadOnlyList<RolloutDue>> DueAsync(CancellationToken cancellation)
    {
        List<RolloutDue> due = [];
        // One is unfinished at a time, and those before it may still have to be told to stop.
        foreach (Rollout rollout in (await store.LatestAsync(LookedAt, cancellation)).Where(r => r.Standing.Phase != RolloutPhase.Done))
        {
            await store.StepAsync(rollout, cancellation);
            if (await store.OneAsync(rollout.Id, cancellation) is { } now)
            {
                due.AddRange(await store.DueAsync(now, BranchesAtOnce, cancellation));
            }
        }

        return due;
    }

    protected override async Task TellAsync(RolloutDue due, CancellationToken cancellation)
    {
        // Written before it is said: who may have heard of it is told of a pause.
        await LaterAsync(due, Now + AgainAfter, cancellation);
        // Only a hub that is away is put off further: one that answers meanwhile, or a pause, has set its own time.
        if (await SayAsync(new Topics(due.Name).Update, due.Message) is var next && next > Now + AgainAfter)
        {
            await LaterAsync(due, next, cancellation);
        }
    }

    protected override Task LaterAsync(RolloutDue due, long next, CancellationToken cancellation) => store.ToldAsync(due.Rollout, due.Branch, next, cancellation);
}
