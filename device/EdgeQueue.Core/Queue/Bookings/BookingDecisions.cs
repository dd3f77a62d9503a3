namespace EdgeQueue.Core.Queue;

/// <summary>The bookings that the branch holds, and those that nobody came for.</summary>
internal static class BookingDecisions
{
    private const long Day = 86_400_000;
    private const int LongestId = 32;
    private const int LongestText = 128;

    /// <summary>In one tick, so that it stays short: the next is half a second away.</summary>
    private const int MostAtOnce = 200;

    /// <summary>After the wall clock jumped ahead, whoever stands at the dispenser has this long (DESIGN §6: a step alone lapses nothing).</summary>
    private const long GraceAfterJump = 900_000;

    public static Decision Apply(BranchState state, BranchRules rules, ApplyBookings c)
    {
        if (c.Version < 1 || c.Version < state.BookingsVersion)
        {
            return Decision.Refuse(Refusal.BookingsOlder(state.BookingsVersion, c.Version));
        }

        if (c.Version == state.BookingsVersion)
        {
            return Decision.Accept();
        }

        if (c.Since is { } since && since != state.BookingsVersion)
        {
            return Decision.Refuse(Refusal.BookingsGap(state.BookingsVersion, since));
        }

        if (c.Bookings.Count > BookingBook.Most || c.Withdrawn.Count > BookingBook.Most)
        {
            return Decision.Refuse(Refusal.TooMany($"At most {BookingBook.Most} bookings are held."));
        }

        // First who is no more: it makes room for who comes.
        var told = new Telling(state, rules, c.At);
        var named = c.Bookings.Where(b => b is not null).Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in c is { Since: null, Part: BookingsPart.All } ? Unnamed(state, named, c.At) : c.Withdrawn.Where(id => id is not null && !named.Contains(id)))
        {
            told.Withdraw(id);
        }

        foreach (var booking in c.Bookings)
        {
            told.Place(booking);
        }

        return Decision.Accept(c.Part == BookingsPart.Some
            ? told.Kept.Count + told.Rejected.Count == 0 ? told.Events : [.. told.Events, new BookingsHeldBack(told.Kept, told.Rejected, c.At)]
            : [.. told.Events, new BookingsApplied(c.Version, told.Kept, told.Rejected, c.At)]);
    }

    /// <summary>Whom a whole set takes back by not naming them. Who came some days ago is not in it any more, and need not be told.</summary>
    public static List<string> Unnamed(BranchState state, HashSet<string> named, Moment at)
    {
        var yesterday = state.Clock.Trusted ? at.Milliseconds + state.Clock.DisplayOffset - Day : 0;
        return
        [
            .. state.Bookings.All.Where(h => (h.State is BookingState.Open or BookingState.Lapsed
                || (h.State == BookingState.CheckedIn && h.Booking.SlotUtcMs >= yesterday)) && !named.Contains(h.Booking.Id)).Select(h => h.Booking.Id),
        ];
    }

    /// <summary>Those whose window has ended, and those whose window has not, by the clock that was set back. The rules of now say when.</summary>
    public static void Lapse(BranchState state, BranchRules rules, Moment at, List<Event> events)
    {
        // By the clock as it was before this tick: a step is an event of its own and makes nobody late.
        if (!state.Clock.Trusted)
        {
            return;
        }

        var wall = at.Milliseconds + state.Clock.DisplayOffset;
        if (state.Bookings.LastLapsedSlot > wall - state.Standing.LongestLapseMs)
        {
            Reopen(state, rules, wall, at, events);
        }

        if ((state.WallJumpedAt is not { } jumped || at.Milliseconds - jumped.Milliseconds >= GraceAfterJump) && state.Bookings.Missed(rules, wall) is { } missed)
        {
            for (var i = 0; i < Math.Min(missed.Count, MostAtOnce); i++)
            {
                events.Add(new BookingLapsed(missed[i].Id, at));
            }
        }
    }

    /// <summary>By a right clock nothing lapses before its time; so what has was let lapse by a wrong one (or by a shorter window).</summary>
    private static void Reopen(BranchState state, BranchRules rules, long wall, Moment at, List<Event> events) =>
        events.AddRange(state.Bookings.LapsedAfter(wall - state.Standing.LongestLapseMs).Where(b => Ends(rules, b) > wall)
            .Take(MostAtOnce).Select(b => new BookingReopened(b.Id, at)));

    private static long Ends(BranchRules rules, Booking booking) => booking.SlotUtcMs + CheckInDecisions.RulesOf(rules, booking.Service).LapseMs;

    private static string? FaultOf(Booking b, BranchRules rules) =>
        b.Id.Length is 0 or > LongestId || !b.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? $"A booking number is 1 to {LongestId} of letters, digits and '-'."
        : !rules.Services.ContainsKey(b.Service) ? Refusal.UnknownService(b.Service).Sentence
        : b.Segment is { } segment && !rules.Segments.ContainsKey(segment) ? Refusal.UnknownSegment(segment).Sentence
        : b.PhoneHash is { } phone && !(phone.Length == 64 && phone.All(char.IsAsciiHexDigitLower))
            ? "A phone number comes as its keyed hash, 64 lower-case hexadecimal digits."
        : b.TokenHash is { } token && !(token.Length == 64 && token.All(char.IsAsciiHexDigitLower))
            ? "A token has 16 to 128 characters, and comes as its SHA-256, 64 lower-case hexadecimal digits."
        : b.Language?.Length > LongestText || b.Person?.Length > LongestText || b.Case?.Length > LongestText || b.Operator?.Length > LongestText
            ? $"A language, a person, a case and an operator have at most {LongestText} characters."
        : b.People is < 1 or > 99 ? "1 to 99 people come with one ticket."
        // Nothing about a slot that is past: the clock may be wrong. It lapses, and comes back when the clock does.
        : b.SlotUtcMs is < 0 or > 4_102_444_800_000 ? "Its slot is before 1970 or after 2099."
        : null;

    /// <summary>One message's changes, each held against what is held and what the message said before.</summary>
    private sealed class Telling(BranchState state, BranchRules rules, Moment at)
    {
        private readonly HashSet<string> _named = new(StringComparer.Ordinal);
        private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);
        private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
        private int _expected = state.Bookings.OpenCount;

        public List<Event> Events { get; } = [];

        public List<string> Kept { get; } = [];

        public List<BookingFault> Rejected { get; } = [];

        public void Place(Booking? booking)
        {
            // JSON puts a null into a list whatever the list's type says.
            if (booking is null)
            {
                return;
            }

            var held = state.Bookings.Find(booking.Id);
            if (!_named.Add(booking.Id))
            {
                Reject(booking, "Its number is twice in this message; the first counts.");
            }
            else if (FaultOf(booking, rules) is { } fault)
            {
                Reject(booking, fault);
            }
            else if (booking.TokenHash is { } token && (!_tokens.Add(token) || !IsFree(token, booking.Id)))
            {
                Reject(booking, "Another booking has its token.");
            }
            else if (held?.State == BookingState.CheckedIn)
            {
                if (held.Booking != booking)
                {
                    Kept.Add(booking.Id);
                }
            }
            else if (held?.State != BookingState.Open && _expected >= BookingBook.Most)
            {
                Reject(booking, $"{BookingBook.Most} bookings are held, as many as there may be.");
            }
            else if (held?.Booking != booking || held.State == BookingState.Withdrawn || held.Gone)
            {
                _expected += held?.State == BookingState.Open ? 0 : 1;
                Events.Add(new BookingPlaced(booking, at));
            }
        }

        private bool IsFree(string token, string id) =>
            state.Bookings.HolderOf(token) is not { } holder || holder == id || _withdrawn.Contains(holder)
            || state.Bookings.Find(holder) is { State: BookingState.Withdrawn } or { Gone: true };

        public void Withdraw(string id)
        {
            switch (state.Bookings.Find(id))
            {
                case { State: BookingState.CheckedIn }:
                    Kept.Add(id);
                    break;
                case { State: BookingState.Open } when _withdrawn.Add(id):
                    _expected--;
                    Events.Add(new BookingWithdrawn(id, at));
                    break;
                case { State: BookingState.Lapsed, Gone: false } when _withdrawn.Add(id):
                    Events.Add(new BookingWithdrawn(id, at));
                    break;
            }
        }

        private void Reject(Booking booking, string sentence) => Rejected.Add(new(booking.Id, sentence));
    }
}
