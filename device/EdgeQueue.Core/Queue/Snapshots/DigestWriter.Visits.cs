namespace EdgeQueue.Core.Queue;

internal sealed partial class DigestWriter
{
    private void Write(VisitSnapshot s)
    {
        Write(s.BookingsVersion);
        Write(s.WallJumpedAt);
        All(s.Bookings, Write);
        All(s.Facts, Write);
        All(s.TicketsToday, Write);
        All(s.PlannedEnds, Write);
        All(s.PausesOrdered, Write);
        All(s.Precalled, Write);
        All(s.HeldCalls, Write);
        All(s.PutBack, Write);
        All(s.SaidAhead, Write);
    }

    private void Write(SaidAhead s)
    {
        Write(s.Zone);
        Write(s.At.Milliseconds);
    }

    private void Write(PlannedEnd p)
    {
        Write(p.Counter);
        Write(p.Until.Milliseconds);
    }

    private void Write(OrderedPause p)
    {
        Write(p.Counter);
        Write(p.Reason);
    }

    private void Write(HeldCall h)
    {
        Write(h.Visit);
        Write(h.Counter);
        Write(h.Zone);
        Write(h.Until.Milliseconds);
    }

    private void Write(ServiceTickets t)
    {
        Write(t.Service);
        Write(t.Count);
    }

    private void Write(HeldBooking h)
    {
        Write(h.Booking);
        Write((int)h.State);
        Write(h.Visit ?? -1);
        Write(h.Ended);
        Write(h.Gone);
    }

    private void Write(Booking b)
    {
        Write(b.Id);
        Write(b.Service);
        Write(b.SlotUtcMs);
        Text(b.PhoneHash);
        Text(b.TokenHash);
        Text(b.Segment);
        Text(b.Language);
        Text(b.Person);
        Write(b.People);
        Text(b.Case);
        if (b.Operator is { } person)
        {
            // Only where there is one: a state of before has the digest that it had.
            Write(person);
        }
    }

    private void Write(VisitFacts f)
    {
        Write(f.Visit);
        Text(f.Booking);
        Write(f.SlotAt);
        Write(f.Came is { } came ? (int)came : -1);
        Write(f.People);
        Text(f.Case);
        Optional(f.Attributes, list => All(list, Write));
        Write(f.Missed);
        Write(f.MissedAt);
        Optional(f.Steps, list => All(list, Write));
        Write(f.BestOrder);
        Optional(f.Taken, Write);
        Write(f.TakenAt);
        Write(f.Live);
        Write(f.PrecalledAt);
        Write(f.Postponed);
    }

    private void Write(JourneyStep s)
    {
        Write(s.Service);
        Text(s.Operator);
    }

    private void Write(VisitRules r)
    {
        ByName(r.Services, Write);
        Optional(r.SegmentRules, list => All(list, Write));
        Optional(r.Hall, Write);
        Optional(r.NoShowRequeue, Write);
        Optional(r.PlannedPauses, named => ByName(named, Write));
        Optional(r.CallSpacing, named => ByName(named, Write));
        Optional(r.AutoCall, named => ByName(named, Write));
        Optional(r.Buffers, named => ByName(named, Write));
        Optional(r.MoreTime, Write);
    }

    private void Write(MoreTime m)
    {
        Write(m.Minutes);
        Write(m.Times);
    }

    private void Write(ServiceVisitRules s)
    {
        Optional(s.Appointments, Write);
        Write(s.DailyQuota ?? -1);
        Write(s.PerPerson ?? -1);
        Write(s.BookingsOnly);
    }

    private void Write(SegmentRule r)
    {
        All(r.Attributes, Write);
        All(r.Services, Write);
        All(r.Languages, Write);
        Write(r.Appointment is { } appointment ? (int)appointment : -1);
        Text(r.Segment);
        Text(r.Service);
    }

    private void Write(HallRules h)
    {
        Write((int)h.Mode);
        Write(h.MaxPeople ?? -1);
        Write(h.PerPerson ?? -1);
        Write(h.StopBeforeClosing);
        All(h.Exceptions, Write);
    }

    private void Write(DayException d)
    {
        Write(d.Day);
        All(d.Services, Write);
        All(d.Hours, Write);
    }

    private void Write(OpenSpan s)
    {
        Write(s.FromMinute);
        Write(s.ToMinute);
    }

    private void Write(NoShowRequeue r)
    {
        Write(r.Places ?? -1);
        Write(r.Times);
    }

    private void Write(BufferRules b)
    {
        Write(b.WorkProfile);
        Write(b.Zone);
        Write(b.Size);
        Write(b.Automatic);
    }

    private void Write(AppointmentRules a)
    {
        Write(a.EarlyMs);
        Write(a.LateMs);
        Write(a.LateIsWalkIn);
        Write(a.LapseMs);
        Write(a.Priority ?? -1);
        Write(a.TargetMs ?? -1);
        Write(a.GuardMs);
    }
}
