namespace EdgeQueue.Core.Queue;

/// <summary>The bookings that the branch holds, and those that nobody came for.</summary>
internal static class BookingDecisions
{
    private const long Day = 86_400_000;
    private const int LongestId = 32;
    private const int LongestText = 128;
    private const int ShortestToken = 16;

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

        var told = new Telling(state, rules, c.At);
        foreach (var booking in c.Bookings)
        {
            told.Place(booking);
        }

        foreach (var id in c.Since is null ? Unnamed(state, told) : c.Withdrawn)
        {
            told.Withdraw(id);
        }

        return Decision.Accept([.. told.Events, new BookingsApplied(c.Version, told.Kept, told.Rejected, c.At)]);
    }

    private static List<string> Unnamed(BranchState state, Telling told) =>
        [.. state.Bookings.All.Where(h => h.State is BookingState.Open or BookingState.CheckedIn && !told.Named(h.Booking.Id)).Select(h => h.Booking.Id)];

    /// <summary>Those whose window has ended. Their service's rules of now say when, for they may have changed.</summary>
    public static void Lapse(BranchState state, BranchRules rules, Moment at, List<Event> events)
    {
        // By the clock as it was before this tick: a step is an event of its own and makes nobody late.
        if (!state.Clock.Trusted || (state.WallJumpedAt is { } jumped && at.Milliseconds - jumped.Milliseconds < GraceAfterJump))
        {
            return;
        }

        var wall = at.Milliseconds + state.Clock.DisplayOffset;
        foreach (var booking in state.Bookings.Open)
        {
            if (booking.SlotUtcMs > wall)
            {
                break;
            }

            if (booking.SlotUtcMs + CheckInDecisions.RulesOf(rules, booking.Service).LapseMs <= wall)
            {
                events.Add(new BookingLapsed(booking.Id, at));
            }
        }
    }

    private static string? FaultOf(Booking b, BranchState state, BranchRules rules, Moment at) =>
        b.Id.Length is 0 or > LongestId || !b.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? $"A booking number is 1 to {LongestId} of letters, digits and '-'."
        : !rules.Services.ContainsKey(b.Service) ? Refusal.UnknownService(b.Service).Sentence
        : b.Segment is { } segment && !rules.Segments.ContainsKey(segment) ? Refusal.UnknownSegment(segment).Sentence
        : b.PhoneHash is { } phone && !(phone.Length == 64 && phone.All(char.IsAsciiHexDigitLower))
            ? "A phone number comes as its keyed hash, 64 lower-case hexadecimal digits."
        : b.Token is { Length: < ShortestToken or > LongestText } ? $"A token has {ShortestToken} to {LongestText} characters."
        : b.Language?.Length > LongestText || b.Person?.Length > LongestText || b.Case?.Length > LongestText
            ? $"A language, a person and a case have at most {LongestText} characters."
        : b.People is < 1 or > 99 ? "1 to 99 people come with one ticket."
        : state.Clock.Trusted && b.SlotUtcMs < at.Milliseconds + state.Clock.DisplayOffset - Day ? "Its slot was more than a day ago."
        : b.SlotUtcMs is < 0 or > 4_102_444_800_000 ? "Its slot is before 1970 or after 2099."
        : null;

    /// <summary>One message's changes, each held against what is held and what the message said before.</summary>
    private sealed class Telling(BranchState state, BranchRules rules, Moment at)
    {
        private readonly HashSet<string> _named = new(StringComparer.Ordinal);
        private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
        private int _count = state.Bookings.Count;

        public List<Event> Events { get; } = [];

        public List<string> Kept { get; } = [];

        public List<BookingFault> Rejected { get; } = [];

        public bool Named(string id) => _named.Contains(id);

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
            else if (FaultOf(booking, state, rules, at) is { } fault)
            {
                Reject(booking, fault);
            }
            else if (booking.Token is { } token && (!_tokens.Add(token) || (state.Bookings.HolderOf(token) ?? booking.Id) != booking.Id))
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
            else if (held is null && _count >= BookingBook.Most)
            {
                Reject(booking, $"{BookingBook.Most} bookings are held, as many as there may be.");
            }
            else if (held?.Booking != booking || held.State == BookingState.Withdrawn)
            {
                _count += held is null ? 1 : 0;
                Events.Add(new BookingPlaced(booking, at));
            }
        }

        public void Withdraw(string? id)
        {
            switch (id is null ? null : state.Bookings.Find(id))
            {
                case { State: BookingState.CheckedIn }:
                    Kept.Add(id!);
                    break;
                case { State: BookingState.Open } when _named.Add(id!):
                    Events.Add(new BookingWithdrawn(id!, at));
                    break;
            }
        }

        private void Reject(Booking booking, string sentence) => Rejected.Add(new(booking.Id, sentence));
    }
}
