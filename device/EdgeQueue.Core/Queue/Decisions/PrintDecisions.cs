namespace EdgeQueue.Core.Queue;

/// <summary>What became of the paper (law 11).</summary>
internal static class PrintDecisions
{
    /// <summary>Reason of a cancellation because no paper came out: a late report takes it back.</summary>
    public const string Unprinted = "unprinted";

    public static Decision Report(BranchState state, ReportPrint c)
    {
        if (state.Find(c.Visit) is not { } visit)
        {
            return Decision.Refuse(Refusal.UnknownVisit);
        }

        var paper = c.Outcome != PrintOutcome.Failed;
        var restored = paper && HadNoPaper(visit) && CheckInDecisions.MayComeBack(state, visit);
        if (!c.Copy && visit.Print == c.Outcome && !restored)
        {
            return Decision.Accept();
        }

        var reported = new TicketPrintReported(c.Visit, c.Outcome, c.Copy, c.At);
        if (restored)
        {
            return Decision.Accept(reported, new VisitRestored(c.Visit, BufferName.Left(visit.Place), c.At));
        }

        // Somebody who was called is here, with or without paper. An offline ticket counts as printed until its dispenser,
        // which alone can know, says that it never came out.
        return !paper && !c.Copy && visit is { Phase: VisitPhase.Waiting, Calls: 0 } && (visit.Print is null || visit.Lease is not null)
            ? Decision.Accept(reported, new VisitEnded(c.Visit, VisitEnd.Cancelled, Unprinted, c.At))
            : Decision.Accept(reported);
    }

    /// <summary>It was cancelled because no paper had come out.</summary>
    public static bool HadNoPaper(Visit visit) => visit is { End: VisitEnd.Cancelled, EndReason: Unprinted };

    public static Decision Reprint(BranchState state, ReprintTicket c)
    {
        var visit = state.Find(c.Visit);
        if (c.Label is { } typed)
        {
            if (state.Rules is not { } rules)
            {
                return Decision.Refuse(Refusal.NotConfigured);
            }

            if (TypedLabel.Find(state, rules, typed, v => v.Present, out visit) is { } refusal)
            {
                return Decision.Refuse(refusal);
            }
        }

        return visit is not { Present: true }
            ? Decision.Refuse(Refusal.UnknownVisit)
            : Decision.Accept(new CopyRequested(visit.Number, c.Node, c.Unit, c.At));
    }
}
