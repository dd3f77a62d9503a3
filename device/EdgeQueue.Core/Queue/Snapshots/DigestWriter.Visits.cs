namespace EdgeQueue.Core.Queue;

internal sealed partial class DigestWriter
{
    private void Write(VisitSnapshot s)
    {
        Write(s.BookingsVersion);
        Write(s.WallJumpedAt);
        All(s.Bookings, Write);
        All(s.Facts, Write);
    }

    private void Write(HeldBooking h)
    {
        Write(h.Booking);
        Write((int)h.State);
        Write(h.Visit ?? -1);
    }

    private void Write(Booking b)
    {
        Write(b.Id);
        Write(b.Service);
        Write(b.SlotUtcMs);
        Text(b.PhoneHash);
        Text(b.Token);
        Text(b.Segment);
        Text(b.Language);
        Text(b.Person);
        Write(b.People);
        Text(b.Case);
    }

    private void Write(VisitFacts f)
    {
        Write(f.Visit);
        Text(f.Booking);
        Write(f.SlotAt);
        Write(f.Came is { } came ? (int)came : -1);
        Write(f.People);
        Text(f.Case);
    }

    private void Write(VisitRules r) => ByName(r.Services, Write);

    private void Write(ServiceVisitRules s) => Optional(s.Appointments, Write);

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
