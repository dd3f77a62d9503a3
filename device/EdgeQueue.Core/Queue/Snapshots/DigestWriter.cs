using System.Text;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// Writes what is compared, one method per record. Every optional value is preceded by whether it is there and every list by
/// its length, so that no two contents give the same bytes. StateDigestTests changes every property once and looks.
/// </summary>
internal sealed partial class DigestWriter(Stream stream) : BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)
{
    public void Write(BranchSnapshot s)
    {
        Write(s.Form);
        Write(s.Day);
        Write(s.DayOpenedAt.Milliseconds);
        Write(s.ClosesAt);
        Write(s.Clock.DisplayOffset);
        Write(s.Clock.UtcOffsetMinutes);
        Write(s.Clock.Trusted);
        Optional(s.Rules, Write);
        Write(s.Evacuating);
        Write(s.LastVisit);
        Write(s.LastLease);
        Write(s.ForkedOnDay);
        Write(s.ForkSkip);
        All(s.NextNumbers, Write);
        All(s.NextOffline, Write);
        All(s.ForkNext, Write);
        All(s.Visits, Write);
        All(s.Counters, Write);
        All(s.Leases, Write);
        All(s.Presses, Write);
        All(s.Zones, Write);
        Write(s.VisitLife);
        Write(s.Calling);
    }

    private void Write(Visit v)
    {
        Write(v.Number);
        Write(v.Label);
        Write(v.LabelNumber);
        Write(v.Day);
        Text(v.Segment);
        Write(v.Language);
        Text(v.Person);
        Write(v.Press);
        Text(v.Lease);
        Write(v.IssuedAt.Milliseconds);
        Write(v.TakenAt.Milliseconds);
        Write(v.Estimated);
        Write(v.Place);
        Write(v.PrioritySet);
        Write((int)v.Phase);
        Write(v.PhaseSince.Milliseconds);
        Text(v.Counter);
        Text(v.Zone);
        Write(v.Calls);
        Write(v.LastCallAt.Milliseconds);
        Optional(v.ReturnPlace, Write);
        Write(v.ParkedUntil);
        Write(v.Print is { } print ? (int)print : -1);
        Write(v.End is { } end ? (int)end : -1);
        Text(v.EndReason);
        Write(v.Durations);
        All(v.Transactions, Write);
    }

    private void Write(Place p)
    {
        Write(p.Service);
        Write(p.Priority);
        Write(p.TargetMs);
        Write(p.MeanServiceMs);
        Write(p.Since.Milliseconds);
        Text(p.BoundCounter);
        Text(p.BoundOperator);
        Write(p.Returning);
        Text(p.Wants);
        Write(p.BoundUntil);
    }

    private void Write(Durations d)
    {
        Write(d.WaitingMs);
        Write(d.WalkingMs);
        Write(d.ServingMs);
        Write(d.ParkedMs);
    }

    private void Write(Transaction t)
    {
        Write(t.Service);
        Write(t.Counter);
        Text(t.Operator);
        Write(t.FinishedAt.Milliseconds);
        Write(t.Durations);
        All(t.DeliveredServices, Write);
        Text(t.Outcome);
        All(t.Marks, Write);
    }

    private void Write(Counter c)
    {
        Write(c.Id);
        Write(c.Version);
        Write((int)c.Phase);
        Text(c.Operator);
        Text(c.WorkProfile);
        Text(c.PauseReason);
        Write(c.Since.Milliseconds);
        Write(c.Visit ?? -1);
        Optional(c.LastRelease, Write);
        Optional(c.Finishing, Write);
    }

    private void Write(Release r)
    {
        Write(r.Before);
        Write(r.At.Milliseconds);
        Write(r.NextAt?.Milliseconds ?? -1);
        Optional(r.Earlier, Write);
    }

    private void Write(Lease l)
    {
        Write(l.Id);
        Write(l.Node);
        Write(l.Unit);
        Write(l.Store);
        Write(l.Service);
        Write(l.Prefix);
        Write(l.Digits);
        Write(l.First);
        Write(l.Last);
        All(l.Used, Write);
        Write(l.LastUsedDay);
        Write(l.Revoked);
    }

    private void Write(PrefixNumber n)
    {
        Write(n.Prefix);
        Write(n.Next);
    }

    private void Write(PressedTicket p)
    {
        Write(p.Press);
        Write(p.Visit);
        Write(p.Label);
        Write(p.Day);
    }

    private void Write(ZoneCalls z)
    {
        Write(z.Zone);
        All(z.Calls, Write);
    }

    private void Write(RecentCall c)
    {
        Write(c.Visit);
        Write(c.Label);
        Write(c.Counter);
        Write(c.Times);
        Write(c.At.Milliseconds);
    }

    private void Write(BranchRules r)
    {
        ByName(r.Services, Write);
        ByName(r.Segments, Write);
        ByName(r.WorkProfiles, Write);
        ByName(r.Counters, Write);
        All([.. r.Operators.Order(StringComparer.Ordinal)], Write);
        Write(r.Policy.NoShowCalls);
        Write(r.Policy.NoShowSpacingMs);
        Write(r.Policy.ClearAtClose);
        Write(r.Policy.DayEndsMinute ?? -1);
        Write(r.Policy.UnprintedMs);
        Write(r.Policy.LeaseBlock);
        Write(r.Policy.Language);
        Write(r.Policy.MaxWaiting);
        Optional(r.Visits, Write);
        Optional(r.Calling, Write);
    }

    private void Write(ServiceRules s)
    {
        Write(s.Prefix);
        Write(s.Digits);
        Write(s.FirstNumber);
        Write(s.LastNumber);
        Write(s.OfflineFirst);
        Write(s.OfflineLast);
        Write(s.TargetMs);
        Write(s.Priority);
        Write(s.MeanServiceMs);
        All(s.Hours, Write);
    }

    private void Write(OpeningHours h)
    {
        All(h.Days, day => Write((int)day));
        Write(h.FromMinute);
        Write(h.ToMinute);
    }

    private void Write(SegmentRules s)
    {
        Write(s.Priority);
        Write(s.TargetMs ?? -1);
    }

    private void Write(WorkProfileRules w)
    {
        All(w.Services, Write);
        Write((int)w.Rule);
    }

    private void Write(CounterRules c)
    {
        Write(c.WorkProfile);
        Write(c.Zone);
    }

    private void Write(Moment? moment)
    {
        Write(moment is not null);
        Write(moment?.Milliseconds ?? 0);
    }

    private void Text(string? text) => Optional(text, Write);

    private void Optional<T>(T? value, Action<T> write)
        where T : class
    {
        Write(value is not null);
        if (value is not null)
        {
            write(value);
        }
    }

    private void All<T>(IReadOnlyList<T> list, Action<T> write)
    {
        Write(list.Count);
        foreach (var item in list)
        {
            write(item);
        }
    }

    private void ByName<T>(IReadOnlyDictionary<string, T> named, Action<T> write)
    {
        Write(named.Count);
        foreach (var (name, value) in named.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            Write(name);
            write(value);
        }
    }
}
