namespace EdgeQueue.Core.Queue;

internal sealed partial class DigestWriter
{
    private void Write(CallingSnapshot c)
    {
        All(c.Ratios, Write);
        All(c.Means, Write);
    }

    private void Write(RatioPosition r)
    {
        Write(r.Profile);
        Write(r.Position);
    }

    private void Write(LearnedMeanService m)
    {
        Write(m.Service);
        Write(m.MeanMs);
    }

    private void Write(CallingSettings c)
    {
        ByName(c.Profiles ?? new Dictionary<string, ProfileSettings>(), Write);
        ByName(c.People ?? new Dictionary<string, OperatorSettings>(), Write);
        All(c.LearnedServices ?? [], Write);
        All(c.Attributes ?? [], Write);
        Write(c.PersonWaitMs ?? -1);
    }

    private void Write(ProfileSettings p)
    {
        Write(p.CapTargets ?? -1);
        Optional(p.Ratio, Write);
        All(p.Helps ?? [], Write);
        Write(p.ChooseService);
        Write(p.ChooseTicket);
        Write(p.ChangeService);
        Write(p.SetPriority);
    }

    private void Write(RatioSettings r)
    {
        Write(r.Priority);
        Write(r.First);
        Write(r.Others);
    }

    private void Write(HelpSettings h)
    {
        Write(h.Service);
        Write(h.AfterMs ?? -1);
    }

    private void Write(OperatorSettings o)
    {
        Write(o.Skills is not null);
        ByName(o.Skills ?? new Dictionary<string, Skill>(), skill => Write((int)skill));
        All(o.Attributes ?? [], Write);
        Write(o.ChooseService is { } service ? (service ? 1 : 0) : -1);
        Write(o.ChooseTicket is { } ticket ? (ticket ? 1 : 0) : -1);
        Write(o.ChangeService is { } change ? (change ? 1 : 0) : -1);
        Write(o.SetPriority is { } priority ? (priority ? 1 : 0) : -1);
    }
}
