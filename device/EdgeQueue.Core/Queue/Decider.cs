namespace EdgeQueue.Core.Queue;

/// <summary>
/// The one pure function by which everything happens in a branch. It reads the state and the command, changes neither, and
/// answers with events or with a refusal that a person can act on; an accepted command that changes nothing has no events.
/// The decisions behind each command are in the README of this folder.
/// </summary>
public static class Decider
{
    /// <summary>Decides one command. Never throws for anything that a command or a state can hold.</summary>
    public static Decision Decide(BranchState state, Command command)
    {
        var decision = Decided(state, command);
        return state.Rules is { } rules ? CallingCompletion.Of(state, rules.Calling ?? CallingSettings.None, command, decision) : decision;
    }

    private static Decision Decided(BranchState state, Command command) => command switch
    {
        ApplyRules c => DayDecisions.Apply(state, c),
        ForkJournal c => NumberDecisions.Fork(state, c),
        Tick c => DayDecisions.Tick(state, c),
        Evacuate c => DayDecisions.Evacuate(state, c),
        _ when state.Rules is not { } => Decision.Refuse(Refusal.NotConfigured),

        IssueTicket c => TicketDecisions.Issue(state, state.Rules, c),
        JoinOffline c => OfflineDecisions.Join(state, state.Rules, c),
        LeaseNumbers c => NumberDecisions.Lease(state, state.Rules, c),
        RevokeLease c => NumberDecisions.Revoke(state, c),
        ReportPrint c => PrintDecisions.Report(state, c),
        ReprintTicket c => PrintDecisions.Reprint(state, c),
        CancelVisit c => QueueDecisions.Cancel(state, c),
        Postpone c => PostponeDecisions.Postpone(state, state.Rules, c),
        Redirect c => RedirectDecisions.Redirect(state, state.Rules, c),
        CheckIn c => CheckInDecisions.CheckIn(state, state.Rules, c),
        ApplyBookings c => BookingDecisions.Apply(state, state.Rules, c),

        CallNext c => CallDecisions.Next(state, state.Rules, c),
        CallTicket c => CallDecisions.Ticket(state, state.Rules, c),
        Recall c => CallDecisions.Recall(state, state.Rules, c),
        Arrive c => CallDecisions.Arrive(state, c),

        Finish c => ReleaseDecisions.Finish(state, c),
        NoShow c => ReleaseDecisions.NoShow(state, state.Rules, c),
        Requeue c => ReleaseDecisions.Requeue(state, c),
        Park c => ReleaseDecisions.Park(state, c),
        Transfer c => TransferDecisions.Transfer(state, state.Rules, c),
        Reinstate c => ReleaseDecisions.Reinstate(state, c),

        Resume c => QueueDecisions.Resume(state, state.Rules, c),
        ChangeService c => ChangeDecisions.Service(state, state.Rules, c),
        SetPriority c => ChangeDecisions.Priority(state, state.Rules, c),

        OpenCounter c => CounterDecisions.Open(state, state.Rules, c),
        PauseCounter c => PauseDecisions.Pause(state, c),
        LockConsole c => PauseDecisions.Lock(state, state.Rules, c),
        PlanJourney c => Journeys.Plan(state, state.Rules, c),
        AddStep c => Journeys.Add(state, state.Rules, c),
        GiveBack c => GiveBackDecisions.Decide(state, state.Rules, c),
        StartService c => LiveDecisions.Start(state, state.Rules, c),
        Precall c => PrecallDecisions.Precall(state, state.Rules, c),
        CloseCounter c => CounterDecisions.Close(state, c),
        CloseDay c => DayDecisions.Close(state, state.Rules, c),
        _ => Decision.Refuse(Refusal.Invalid($"This release does not know the command {command.GetType().Name}.")),
    };
}
