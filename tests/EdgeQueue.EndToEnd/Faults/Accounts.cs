using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>What has to add up after any fault: the journal against the papers, the replies, the displays and the voices.</summary>
internal static class Accounts
{
    /// <summary>No label is given twice in a business day, and no visit is called to two counters.</summary>
    public static void NobodyTwice(IReadOnlyList<(long Seq, Event Event)> journal)
    {
        int day = 0;
        var given = new HashSet<(int Day, string Label)>();
        var at = new Dictionary<long, string>();
        foreach ((long seq, Event happened) in journal)
        {
            switch (happened)
            {
                case DayOpened opened:
                    day = opened.Day;
                    break;
                case TicketIssued issued:
                    Assert.True(given.Add((day, issued.Label)), $"event {seq} gives {issued.Label} a second time on day {day}");
                    break;
                case TicketRelabelled relabelled:
                    Assert.True(given.Add((day, relabelled.To)), $"event {seq} gives {relabelled.To} a second time on day {day}");
                    break;
                case VisitCalled called:
                    Assert.False(at.ContainsKey(called.Visit), $"event {seq} calls visit {called.Visit} to {called.Counter}, who is at {at.GetValueOrDefault(called.Visit)}");
                    at[called.Visit] = called.Counter;
                    break;
                case VisitRequeued or VisitParked or VisitTransferred or VisitEnded:
                    at.Remove(VisitOf(happened));
                    break;
                case VisitReinstated reinstated:
                    at[reinstated.Visit] = reinstated.Counter;
                    break;
            }
        }
    }

    /// <summary>Each ticket is printed once, or known to be not printed, or said to be uncertain.</summary>
    public static PaperCount EveryTicketIsAccountedFor(IReadOnlyList<(long Seq, Event Event)> journal, IReadOnlyList<string> papers)
    {
        foreach (IGrouping<string, string> label in papers.GroupBy(l => l))
        {
            Assert.True(label.Count() == 1, $"{label.Key} came out of the printer {label.Count()} times");
        }

        var labels = new Dictionary<long, string>();
        var outcomes = new Dictionary<long, PrintOutcome>();
        var cancelled = new HashSet<long>();
        var joined = new HashSet<long>();
        foreach ((_, Event happened) in journal)
        {
            switch (happened)
            {
                case TicketIssued issued:
                    labels[issued.Visit] = issued.Label;
                    if (issued.Lease is not null)
                    {
                        // Taken while the hub was away: it joins when its paper is decided, and says so only if it is not printed.
                        joined.Add(issued.Visit);
                    }

                    break;
                case TicketRelabelled relabelled:
                    labels[relabelled.Visit] = relabelled.To;
                    joined.Add(relabelled.Visit);
                    break;
                case TicketPrintReported reported: outcomes.TryAdd(reported.Visit, reported.Outcome); break;
                case VisitEnded { How: VisitEnd.Cancelled } ended: cancelled.Add(ended.Visit); break;
            }
        }

        var printed = papers.ToHashSet();
        foreach ((long visit, string label) in labels)
        {
            PrintOutcome? outcome = outcomes.TryGetValue(visit, out PrintOutcome said) ? said
                : joined.Contains(visit) && !cancelled.Contains(visit) ? PrintOutcome.Printed
                : null;
            Assert.True(outcome is not null || cancelled.Contains(visit), $"nobody says what became of the paper of {label}, which came out {(printed.Contains(label) ? "once" : "never")}");
            if (outcome == PrintOutcome.Printed)
            {
                Assert.True(printed.Contains(label), $"{label} is reported as printed, and never came out");
            }
        }

        Assert.All(printed, label => Assert.True(labels.ContainsValue(label), $"{label} came out of the printer, and is in no journal"));
        return new PaperCount(
            labels.Count, printed.Count, outcomes.Count(o => o.Value == PrintOutcome.Uncertain),
            labels.Count(l => !printed.Contains(l.Value)));
    }

    /// <summary>Every accepted answer that left the hub is in its journal, with the same bytes.</summary>
    public static int EveryAcceptedReplyIsKept(PlayedStage stage)
    {
        HubJournal journal = stage.Journal;
        int accepted = 0;
        foreach (var (unit, reply, bytes) in stage.Watch.Replies.Where(r => r.Reply.Refusal is null))
        {
            accepted++;
            byte[]? kept = journal.Reply(unit, reply.Id);
            Assert.True(kept is not null, $"{unit} was told that {reply.Id} is accepted (event {reply.Seq}), and the journal does not know it");
            Assert.Equal(kept, bytes);
        }

        return accepted;
    }

    /// <summary>Each display shows what the retained state of its counter says.</summary>
    public static async Task DisplaysTellTheTruthAsync(PlayedStage stage)
    {
        foreach (var (address, unit) in stage.Stage.Branch.Units.Where(u => u.Unit.Display is not null))
        {
            string counter = unit.Display!.Counter;
            await stage.UntilAsync(
                $"{address} shows what counter {counter} says",
                () => stage.Watch.Counters.TryGetValue(counter, out var told) && stage.Displays.TryGetValue(address.ClientId, out string? shown)
                    && (told.Label is { } label ? shown.Contains(label, StringComparison.Ordinal) : !shown.Any(char.IsDigit)));
        }
    }

    /// <summary>
    /// No call is spoken more often than it was called: sounds that are the same to the sample are counted, and the counts,
    /// largest first, are nowhere above those of (visit, counter) in the journal.
    /// </summary>
    public static int NothingIsSpokenTwice(PlayedStage stage, IReadOnlyList<(long Seq, Event Event)> journal)
    {
        var calls = new Dictionary<(string, long), int>();
        var counterOf = new Dictionary<string, string>();
        foreach (var counter in stage.Stage.Branch.Configuration.Counters)
        {
            counterOf[counter.Id] = counter.Zone;
        }

        foreach ((_, Event happened) in journal)
        {
            (long visit, string counter) = happened switch
            {
                VisitCalled c => (c.Visit, c.Counter),
                VisitRecalled c => (c.Visit, c.Counter),
                VisitReinstated c => (c.Visit, c.Counter),
                _ => (0L, ""),
            };
            if (visit != 0)
            {
                calls[(counter, visit)] = calls.GetValueOrDefault((counter, visit)) + 1;
            }
        }

        int spokenInAll = 0;
        foreach (var zone in stage.Sounds.GroupBy(s => s.Unit))
        {
            var spoken = zone.SelectMany(s => SpokenCalls.In(s.Wav)).ToList();
            spokenInAll += spoken.Count;
            var same = spoken.GroupBy(s => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(s.AsSpan()))))
                .Select(g => g.Count()).OrderDescending().ToList();
            var called = calls.Values.OrderDescending().ToList();
            Assert.True(spoken.Count <= calls.Values.Sum(), $"{zone.Key} spoke {spoken.Count} times, there were {calls.Values.Sum()} calls");
            for (int i = 0; i < same.Count; i++)
            {
                Assert.True(i < called.Count && same[i] <= called[i], $"{zone.Key} said the same {same[i]} times; the most often called visits were called {string.Join(", ", called.Take(5))} times");
            }
        }

        return spokenInAll;
    }

    private static long VisitOf(Event happened) => happened switch
    {
        VisitRequeued e => e.Visit,
        VisitParked e => e.Visit,
        VisitTransferred e => e.Visit,
        VisitEnded e => e.Visit,
        _ => throw new ArgumentException("No visit.", nameof(happened)),
    };
}

/// <summary>How many tickets there were, and what became of their papers.</summary>
internal sealed record PaperCount(int Issued, int Printed, int Uncertain, int NotPrinted);
