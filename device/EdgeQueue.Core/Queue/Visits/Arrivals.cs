namespace EdgeQueue.Core.Queue;

/// <summary>Somebody at the door: who they are and what they come for.</summary>
/// <param name="Language">That they chose; null: none.</param>
/// <param name="People">How many they are.</param>
/// <param name="ExpectedWaitMs">What the hub expects them to wait; null: not known.</param>
internal sealed record Arrival(
    string Service, string? Segment, IReadOnlyList<string> Attributes, string? Language, Attendance Attendance, string? Person,
    int People, long? ExpectedWaitMs);

/// <summary>Who gets in, and into which queue.</summary>
internal static class Arrivals
{
    private const int MostAttributes = 16;
    private const int LongestText = 128;

    /// <summary>The first rule that fits says of which segment somebody is and where they wait.</summary>
    public static Arrival Sorted(BranchRules rules, Arrival arrival)
    {
        foreach (var rule in rules.Visits?.SegmentRules ?? [])
        {
            if (Fits(rule, arrival))
            {
                return arrival with
                {
                    Segment = rule.Segment is { } segment && rules.Segments.ContainsKey(segment) ? segment : arrival.Segment,
                    Service = rule.Service is { } service && rules.Services.ContainsKey(service) ? service : arrival.Service,
                };
            }
        }

        return arrival;
    }

    public static Refusal? FaultOf(IReadOnlyList<string>? attributes, int people, string? ofCase) =>
        attributes?.Count > MostAttributes || attributes?.Any(a => a is not { Length: > 0 and <= LongestText }) == true
            ? Refusal.Invalid($"At most {MostAttributes} attributes, each a text of at most {LongestText} characters.")
        : people is < 1 or > 99 ? Refusal.Invalid("1 to 99 people come with one ticket.")
        : ofCase is { Length: 0 or > LongestText } ? Refusal.Invalid($"A case has an id of at most {LongestText} characters.")
        : null;

    /// <summary>Why nobody without a booking gets a ticket for this service now, whoever they are; null: they do.</summary>
    public static Refusal? Closed(BranchState state, BranchRules rules, string name, Moment at)
    {
        var service = rules.Services[name];
        var visits = state.VisitRules;
        if (!ServiceHours.Open(rules, name, service, state.Clock, at))
        {
            return Refusal.ServiceClosed(name);
        }

        return visits.OfHall.Mode == HallMode.Live ? Refusal.LiveQueue
            : visits.OfHall.Mode == HallMode.Bookings || visits.Of(name).BookingsOnly ? Refusal.BookingsOnly(name)
            : visits.Of(name).DailyQuota is { } quota && state.TicketsOf(name) + Expected(state, rules, name, at) >= quota ? Refusal.QuotaReached(name, quota)
            : HallFull(state, visits, 1);
    }

    /// <summary>Why this one does not get in; null: they do. Who has a booking is not held up by hours, quotas or a long wait.</summary>
    public static Refusal? WhyNot(BranchState state, BranchRules rules, Arrival arrival, Moment at)
    {
        // Whom the empty hall would not hold must not be told to come back later.
        if (arrival.People > state.VisitRules.OfHall.MaxPeople)
        {
            return Refusal.GroupTooLarge(state.VisitRules.OfHall.MaxPeople.Value);
        }

        if (arrival.Attendance == Attendance.WithoutBooking
            && (Closed(state, rules, arrival.Service, at) ?? TooLate(state, rules, arrival, at)) is { } closed)
        {
            return closed;
        }

        return HallFull(state, state.VisitRules, arrival.People)
            ?? (arrival.Person is { } person ? OfPerson(state, arrival.Service, person) : null)
            ?? (state.Waiting >= rules.Policy.MaxWaiting
                ? Refusal.TooMany($"{state.Waiting} people are waiting, as many as this branch is configured for. Call some of them first.")
                : null);
    }

    private static bool Fits(SegmentRule rule, Arrival arrival) =>
        rule.Attributes.All(arrival.Attributes.Contains)
        && (rule.Services.Count == 0 || rule.Services.Contains(arrival.Service))
        && (rule.Languages.Count == 0 || (arrival.Language is { } language && rule.Languages.Contains(language)))
        && (rule.Appointment is not { } how || how == arrival.Attendance);

    // Who has booked for today has a ticket of the quota.
    private static int Expected(BranchState state, BranchRules rules, string name, Moment at)
    {
        var wall = at.Milliseconds + state.Clock.DisplayOffset;
        var ends = state.ClosesAt is { } closes ? closes.Milliseconds + state.Clock.DisplayOffset : wall + 86_400_000;
        return state.Bookings.CountOpen(name, wall - CheckInDecisions.RulesOf(rules, name).LapseMs, ends);
    }

    private static Refusal? TooLate(BranchState state, BranchRules rules, Arrival arrival, Moment at) =>
        state.VisitRules.OfHall.StopBeforeClosing
        && arrival.ExpectedWaitMs is { } wait
        && ServiceHours.ClosesInMs(rules, arrival.Service, rules.Services[arrival.Service], state.Clock, at) is { } left
        && wait > left
            ? Refusal.ClosingSoon(arrival.Service, (int)((wait + 59_999) / 60_000), (int)(left / 60_000))
            : null;

    private static Refusal? HallFull(BranchState state, VisitRules visits, int people) =>
        visits.OfHall.MaxPeople is { } most && state.PeoplePresent + people > most ? Refusal.HallFull(most) : null;

    private static Refusal? OfPerson(BranchState state, string service, string person)
    {
        var (atATime, ofService) = (state.VisitRules.OfHall.PerPerson, state.VisitRules.Of(service).PerPerson);
        if (atATime is null && ofService is null)
        {
            return null;
        }

        var (present, today) = (0, 0);
        foreach (var number in state.VisitsOfPerson.GetValueOrDefault(person) ?? [])
        {
            var visit = state.VisitsByNumber[number];
            present += visit.Present ? 1 : 0;
            today += visit.Service == service && visit.Day == state.Day && visit.End != VisitEnd.Cancelled ? 1 : 0;
        }

        return present >= atATime ? Refusal.HasTicket(atATime.Value)
            : today >= ofService ? Refusal.PersonLimit(service, ofService.Value)
            : null;
    }
}
