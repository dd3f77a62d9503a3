using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>What operators do.</summary>
public sealed partial class BranchRoll
{
    private void Arrives(Desk desk)
    {
        desk.LeavesFor = null;
        if (desk.Phase != DeskPhase.Away || Do(new OpenCounter(desk.Id, desk.Operator, desk.Profile, false, At())).Refusal is not null)
        {
            return;
        }

        desk.FreeSince = _now;
        SetPhase(desk, DeskPhase.Idle);
        Call(desk);
    }

    private void Goes(Desk desk)
    {
        desk.LeavesFor = "break";
        if (desk.Phase is DeskPhase.Idle or DeskPhase.Breathing)
        {
            SetPhase(desk, DeskPhase.Idle);
            GoesNow(desk);
        }
    }

    private void GoesNow(Desk desk)
    {
        SetPhase(desk, DeskPhase.Away);
        if (State.Counter(desk.Id) is { Visit: not null } counter)
        {
            Do(new Finish(desk.Id, counter.Version, [], null, [], At()));
        }

        Do(new PauseCounter(desk.Id, Seen(desk), desk.LeavesFor!, At()));
        desk.LeavesFor = null;
    }

    /// <summary>The time of what the desk was doing is over.</summary>
    private void Proceeds(Desk desk)
    {
        switch (desk.Phase)
        {
            case DeskPhase.Walking:
                Do(new Arrive(desk.Id, Seen(desk), At()));
                Serve(desk);
                break;
            case DeskPhase.Absent when desk.Calls < State.Rules!.Policy.NoShowCalls || _now < desk.GivesUpAt:
                CallAgain(desk);
                break;
            case DeskPhase.Absent:
                GivesUp(desk);
                break;
            case DeskPhase.Serving when desk.Customer!.Next is { } episode:
                GoesOn(desk, desk.Customer, episode);
                Breathes(desk);
                break;
            case DeskPhase.Serving when _options.GapMs > 0 && desk.LeavesFor is null:
                Do(new Finish(desk.Id, Seen(desk), [], null, [], At()));
                Gone(desk, CustomerEnd.Served);
                Until(desk, DeskPhase.Breathing, _now + _options.GapMs);
                break;
            case DeskPhase.Serving:
                Gone(desk, CustomerEnd.Served);
                Free(desk);
                break;
            case DeskPhase.Breathing:
                Free(desk);
                break;
            default:
                break;
        }
    }

    private void Free(Desk desk)
    {
        desk.FreeSince = _now;
        SetPhase(desk, DeskPhase.Idle);
        if (desk.LeavesFor is not null)
        {
            GoesNow(desk);
        }
        else
        {
            Call(desk);
        }
    }

    /// <summary>The policy may give who did not come another chance: then they wait again.</summary>
    private void GivesUp(Desk desk)
    {
        var decision = Do(new NoShow(desk.Id, Seen(desk), At()));
        if (decision.Refusal is not null)
        {
            // The call was heard later than it was made: the operator tries again before long.
            Until(desk, DeskPhase.Absent, _now + TriesAgainMs);
            return;
        }

        if (decision.Events.OfType<VisitMissed>().Any())
        {
            desk.Customer = null;
        }
        else
        {
            Gone(desk, CustomerEnd.Absent);
        }

        Free(desk);
    }

    /// <summary>Next. Whom the counter gets is the decider's choice; a customer who was served there is finished by the press.</summary>
    private void Call(Desk desk)
    {
        while (true)
        {
            var decision = Do(new CallNext(desk.Id, Seen(desk), At()));
            if (decision.Events.OfType<VisitCalled>().LastOrDefault() is not { } called)
            {
                if (decision.Refusal?.Code == Kept)
                {
                    // The operator tries again before long.
                    TickAt(_now + TriesAgainMs);
                }

                return;
            }

            if (Takes(desk, called.Visit, decision.Events))
            {
                return;
            }
        }
    }

    /// <summary>The desk has called somebody, or the clock has called somebody for it.</summary>
    /// <returns>False: somebody who only asked when; the desk is free as before.</returns>
    private bool Takes(Desk desk, long visit, IReadOnlyList<Event> events)
    {
        if (!_customers.TryGetValue(visit, out var customer))
        {
            // Lent to another operator before, and back now.
            _customers[visit] = customer = Stranger(State.Find(visit)!);
        }

        customer.CalledAt = customer.CalledAt < 0 ? _now : customer.CalledAt;
        customer.Counter = desk.Id;
        if (customer.Probe)
        {
            // It was only asked when: the counter has lost no time and calls whom it really has.
            _watch?.Called(customer, desk.Id, _now, true);
            Do(new CancelVisit(visit, "probe", At()));
            _customers.Remove(visit);
            End(customer, CustomerEnd.Left);
            return false;
        }

        desk.Customer = customer;
        Summon(desk, customer, HeardAt(visit, events));
        return true;
    }

    // A call that comes too soon after another of its zone is shown and spoken later.
    private long HeardAt(long visit, IReadOnlyList<Event> events)
    {
        foreach (var e in events)
        {
            if (e is CallHeld held && held.Visit == visit)
            {
                return held.Until.Milliseconds;
            }
        }

        return _now;
    }

    private void Summon(Desk desk, Customer customer, long heard)
    {
        desk.Calls = 1;
        var present = _now - customer.ArrivesAt <= customer.PatienceMs;
        _watch?.Called(customer, desk.Id, _now, present);
        if (!present)
        {
            WaitInVain(desk, heard);
            return;
        }

        // Who was called ahead has begun to walk then.
        var ahead = State.Facts(customer.Visit)?.PrecalledAt is { } precalled ? _now - precalled.Milliseconds : 0;
        var there = Math.Max(heard, heard + customer.WalkMs - Math.Max(0, ahead));
        if (there > _now)
        {
            Until(desk, DeskPhase.Walking, there);
        }
        else
        {
            SetPhase(desk, DeskPhase.Walking);
            Do(new Arrive(desk.Id, Seen(desk), At()));
            Serve(desk);
        }
    }

    private void Serve(Desk desk)
    {
        var (length, pace) = (desk.Customer!.Next?.ServiceMs ?? desk.Customer.ServiceMs, desk.Pace);
        if (PaceAt is not null)
        {
            pace *= PaceAt(desk.Customer.Service, State.Clock.MinuteOfDay(At()));
        }

        Until(desk, DeskPhase.Serving, _now + (pace == 1 ? length : (long)(length * pace)));
    }

    private void WaitInVain(Desk desk, long lastCall)
    {
        var spacing = State.Rules!.Policy.NoShowSpacingMs;
        desk.GivesUpAt = Math.Max(_now, lastCall + _options.AbsentMs);
        var next = desk.Calls < State.Rules.Policy.NoShowCalls ? lastCall + spacing : Math.Max(lastCall + spacing, desk.GivesUpAt);
        Until(desk, DeskPhase.Absent, Math.Max(_now, next));
    }

    private void CallAgain(Desk desk)
    {
        var policy = State.Rules!.Policy;
        var heard = _now;
        if (desk.Calls < policy.NoShowCalls)
        {
            var decision = Do(new Recall(desk.Id, Seen(desk), At()));
            if (decision.Refusal is not null)
            {
                Until(desk, DeskPhase.Absent, _now + TriesAgainMs);
                return;
            }

            heard = HeardAt(desk.Customer!.Visit, decision.Events);
            desk.Calls++;
        }

        Until(desk, DeskPhase.Absent, desk.Calls < policy.NoShowCalls
            ? heard + Math.Max(1, policy.NoShowSpacingMs)
            : Math.Max(heard + policy.NoShowSpacingMs, desk.GivesUpAt));
    }

    private void Gone(Desk desk, CustomerEnd how)
    {
        var customer = desk.Customer!;
        desk.Customer = null;
        _customers.Remove(customer.Visit);
        End(customer, how);
    }

    private void Until(Desk desk, DeskPhase phase, long at)
    {
        SetPhase(desk, phase);
        Enter(at, desk.Index, DueKind.Desk, desk);
    }

    private void SetPhase(Desk desk, DeskPhase phase)
    {
        _idle += (phase == DeskPhase.Idle ? 1 : 0) - (desk.Phase == DeskPhase.Idle ? 1 : 0);
        desk.Phase = phase;
        desk.Stamp++;
    }

    private long Seen(Desk desk) => State.Counter(desk.Id).Version;
}
