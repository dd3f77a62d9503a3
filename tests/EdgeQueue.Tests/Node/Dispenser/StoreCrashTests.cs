using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>The power fails at every byte of a morning's records, and each time everything must come to its end.</summary>
public sealed class StoreCrashTests : IDisposable
{
    private readonly Branch branch = new();

    public void Dispose() => branch.Dispose();

    [Fact]
    public void Wherever_the_power_fails_no_number_is_given_twice_no_paper_repeats_itself_and_no_ticket_is_lost()
    {
        var morning = Morning();
        Assert.True(morning.Length > 2000);
        var previous = -1;
        for (var cut = 0; cut <= morning.Length; cut++)
        {
            // Only at an end of a line is the state another one; the bytes between are the torn tail.
            var records = morning.AsSpan(0, cut).Count((byte)'\n');
            if (records == previous && cut % 7 != 0 && cut != morning.Length)
            {
                continue;
            }

            previous = records;
            Survives(morning[..cut]);
        }
    }

    private void Survives(byte[] disk)
    {
        branch.Store.Dispose();
        File.WriteAllBytes(branch.StorePath, disk);
        branch.Printer.Paper.Clear();
        branch.Start();
        branch.Hub.IsThere = false;
        var before = branch.Store.State.Tickets.ToList();
        var given = GivenNumbers(disk);
        branch.Recover();

        // The customer who comes next.
        if (branch.Leases.Next("cash") is { } next)
        {
            Assert.DoesNotContain(next.Number, given);
            branch.Press();
            given.Add(next.Number);
        }

        foreach (var ticket in before.Where(t => t.Offline is not null || t.Result is not null))
        {
            var label = ticket.Offline?.Label ?? ticket.Result!.Label;
            var expected = ticket.Printing || ticket.Printed is not null ? 0 : 1;
            Assert.Equal(expected, branch.Printer.Paper.Count(p => p == label));
        }

        // The hub is back and answers whatever it is told.
        branch.HubBeats(10_000_000);
        for (var i = 0; i < branch.Hub.Sent.Count; i++)
        {
            var (id, command) = branch.Hub.Sent[i];
            branch.Answer(id, command switch
            {
                JoinOffline join => Branch.Ticket(id, 100 + join.Number, ""),
                null => new ReplyMessage(1, id, "j", 1, Refusal.Invalid("withdrawn")),
                _ => new ReplyMessage(1, id, "j", 1, null),
            });
        }

        var joins = branch.Hub.All<JoinOffline>().Select(j => j.Number).ToList();
        Assert.Equal(joins.Order(), joins);
        Assert.Equal(joins.Distinct(), joins);
        Assert.Subset(joins.Append(0).ToHashSet(), before.Where(t => t.Offline is not null && !t.Joined).Select(t => t.Offline!.Number).ToHashSet());
        foreach (var uncertain in before.Where(t => t.Printing))
        {
            var visit = uncertain.Visit ?? (100 + uncertain.Offline!.Number);
            Assert.Contains(branch.Hub.All<ReportPrint>(), r => r.Visit == visit && r.Outcome == PrintOutcome.Uncertain);
        }

        Assert.Empty(branch.Store.State.Tickets);
    }

    /// <summary>Tickets with the hub and without it, joined and not, one still in the printer.</summary>
    private byte[] Morning()
    {
        branch.HubBeats(1_000_000);
        branch.HoldNumbers(801, 809);
        branch.Press();
        var press = branch.Hub.IdOf<IssueTicket>();
        branch.Answer(press, Branch.Ticket(press, 1, "A001"));
        branch.Hub.IsThere = false;
        branch.Press();
        branch.Press();
        branch.HubBeats(1_000_500);
        branch.Answer(branch.Hub.IdOf<JoinOffline>(), Branch.Ticket("", 2, "A801"));
        branch.Hub.IsThere = false;
        branch.Press();
        branch.Printer.Held = new();
        branch.Press();
        branch.Printer.Held = null;
        branch.Store.Dispose();
        return File.ReadAllBytes(branch.StorePath);
    }

    private static HashSet<int> GivenNumbers(byte[] disk)
    {
        var whole = disk.AsSpan(0, disk.AsSpan().LastIndexOf((byte)'\n') + 1);
        var numbers = new HashSet<int>();
        foreach (var line in System.Text.Encoding.UTF8.GetString(whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var record in line[9..].Split('\u001e').Select(StoreText.Read).OfType<NumberTaken>())
            {
                numbers.Add(record.Number);
            }
        }

        return numbers;
    }

    [Fact]
    public void A_compacted_store_gives_the_same_state()
    {
        var state = new StoreState();
        foreach (var line in System.Text.Encoding.UTF8.GetString(Morning()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line[9..].Split('\u001e').Select(StoreText.Read).ToList().ForEach(r => state.Apply(r!));
        }

        var again = new StoreState();
        state.Records().ToList().ForEach(again.Apply);

        Assert.Equal(Said(state), Said(again));
        static string Said(StoreState s) => string.Join('\n', s.Records().Select(StoreText.Write));
    }
}
