using System.Data.Common;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Cloud.Joining;

/// <summary>
/// Asks the branches for the tickets that people want, and goes on asking by the same id until it is known what came of each, whatever was restarted
/// meanwhile. Says when a turn is near. Every replica does it.
/// </summary>
internal sealed class JoinDesk(
    IDatabase database, JoinTickets tickets, JoinMessages messages, JoinBranches branches, BranchCommands commands, IngestBrokers brokers, JoinSettings settings,
    TimeProvider time, Complaints complaints, ILogger<JoinDesk> log) : BackgroundService
{
    private const int AtOnce = 50;
    private const int MostWaiting = 5_000;
    private const long LeaseMs = 15_000;
    private const long AgainWhenUnsureMs = 15_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.On || brokers.All.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        for (int looks = 0; await timer.WaitForNextTickAsync(stoppingToken); looks++)
        {
            try
            {
                await Task.WhenAll((await tickets.TakeDueAsync(LeaseMs, AtOnce, stoppingToken)).Select(t => AskOrLaterAsync(t, stoppingToken)));
                if (looks % 4 == 0)
                {
                    await NearAsync(stoppingToken);
                }

                if (looks % 600 == 0)
                {
                    await tickets.ForgetAsync(stoppingToken);
                }
            }
            catch (DbException fault)
            {
                Complain(fault);
            }
        }
    }

    /// <summary>Asks for a ticket once, or what came of it.</summary>
    /// <returns>The ticket as it is then.</returns>
    public async Task<JoinTicket> AskAsync(JoinTicket ticket, TimeSpan patience, CancellationToken cancellation)
    {
        (JoinBranch Rules, LiveMessage Live, bool There)? found = await branches.FindAsync(ticket.BranchName, cancellation);
        if (ticket.Asked == 0)
        {
            if (found is not { There: true })
            {
                // Certain: it was never asked.
                await RefusedAsync(ticket, found?.Live, "away", cancellation);
                return await AgainAsync(ticket, cancellation);
            }

            await tickets.AskedAsync(ticket.Id, cancellation);
        }

        ReplyMessage? reply = await commands.AskAsync(
            ticket.BranchName, ticket.Press, new IssueTicket(ticket.Press, ticket.Service, null, ticket.Language, null, default), ticket.WantedUntil, patience, cancellation);
        switch (reply)
        {
            case { Ticket: { } taken }:
                await TakenAsync(ticket, taken, found?.Live, cancellation);
                break;
            case { Refusal.Code: "busy" or "diskFault" }:
                // Nothing was decided.
                break;
            case { Refusal: { } refusal }:
                await RefusedAsync(ticket, found?.Live, refusal.Code, cancellation);
                break;
            default:
                await UnsureAsync(ticket, found?.Live, cancellation);
                break;
        }

        return await AgainAsync(ticket, cancellation);
    }

    private async Task AskOrLaterAsync(JoinTicket ticket, CancellationToken cancellation)
    {
        try
        {
            _ = ticket.State == JoinState.Leaving ? await LeaveAsync(ticket, cancellation) : await AskAsync(ticket, Patience, cancellation);
        }
        catch (DbException fault)
        {
            // The lease ends, and it is asked again by the same id.
            Complain(fault);
        }
    }

    private async Task<JoinTicket> AgainAsync(JoinTicket ticket, CancellationToken cancellation) => await tickets.FindAsync(ticket.Id, cancellation) ?? ticket;

    private Task<int> TakenAsync(JoinTicket ticket, TicketResult taken, LiveMessage? live, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            // Who is as good as there needs no second message.
            bool near = (taken.Ahead == 0 && SomebodyServes(live)) || taken.ExpectedMinutes?.P50 <= settings.NearMinutes;
            // One that is given up meanwhile is heard of when it is.
            if (await JoinTickets.TakenAsync(transaction, ticket.Id, taken.Visit, taken.Label, near, Now) == JoinState.Open)
            {
                await messages.JoinedAsync(transaction, ticket, taken.Label, live, taken.ExpectedMinutes);
            }

            return 0;
        },
        cancellation);

    private Task<int> RefusedAsync(JoinTicket ticket, LiveMessage? live, string code, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            if (await JoinTickets.BecomeAsync(transaction, ticket, JoinState.Refused, Now, code))
            {
                await messages.RefusedAsync(transaction, ticket, live, code);
            }

            return 0;
        },
        cancellation);

    /// <summary>Nobody waits for it any more, and nobody knows: that is said once, and asked again and again until it is known.</summary>
    private Task<int> UnsureAsync(JoinTicket ticket, LiveMessage? live, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            if (Now < ticket.WantedUntil)
            {
                await JoinTickets.BecomeAsync(transaction, ticket, ticket.State, Now);
            }
            else if (await JoinTickets.BecomeAsync(transaction, ticket, JoinState.Unsure, Now, nextAt: Now + AgainWhenUnsureMs) && ticket.State == JoinState.Asking)
            {
                await messages.UnsureAsync(transaction, ticket, live);
            }

            return 0;
        },
        cancellation);

    private async Task<JoinTicket> LeaveAsync(JoinTicket ticket, CancellationToken cancellation)
    {
        ReplyMessage? reply = await commands.AskAsync(ticket.BranchName, ticket.LeavePress, new CancelVisit(ticket.Visit, "left by SMS", default, ticket.Label), ticket.WantedUntil, Patience, cancellation);
        if (reply is null && Now < ticket.WantedUntil)
        {
            return ticket;
        }

        bool? left = reply is null ? null : reply.Refusal is null;
        await database.WriteAsync(
            async transaction =>
            {
                // The journal may have told already that it is over; the message is one by its key.
                if (await JoinTickets.BecomeAsync(transaction, ticket, left == true ? JoinState.Over : JoinState.Open, Now) || left == true)
                {
                    await messages.LeftAsync(transaction, ticket, left);
                    if (left is null)
                    {
                        // Who gave it up before its number was known has not heard of it yet, and may be called.
                        await messages.JoinedLaterAsync(transaction, ticket);
                    }
                }

                return 0;
            },
            cancellation);
        return await AgainAsync(ticket, cancellation);
    }

    /// <summary>Where every counter is closed nobody's turn is near.</summary>
    /// <param name="officer">Whom somebody waits for; null: anybody.</param>
    internal static bool SomebodyServes(LiveMessage? live, string? officer = null) =>
        live?.Counters.Any(c => c.Phase != CounterPhase.Closed && (officer is null || c.Operator == officer)) == true;

    private async Task NearAsync(CancellationToken cancellation)
    {
        foreach (JoinTicket ticket in await tickets.WaitingAsync(MostWaiting, cancellation))
        {
            if (await branches.PlaceAsync(ticket, cancellation) is (var live, { Ahead: { } ahead } visit) && ((ahead == 0 && SomebodyServes(live, visit.Operator)) || visit.Minutes?.P50 <= settings.NearMinutes))
            {
                await database.WriteAsync(
                    async transaction =>
                    {
                        if (await JoinTickets.NearAsync(transaction, ticket))
                        {
                            await messages.NearAsync(transaction, ticket, live, visit);
                        }

                        return 0;
                    },
                    cancellation);
            }
        }
    }

    private void Complain(DbException fault)
    {
        if (complaints.MaySay("database", "joining"))
        {
            JoinLog.NoDatabase(log, fault.Message);
        }
    }
}
