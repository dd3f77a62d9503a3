namespace EdgeQueue.Core.Queue;

/// <summary>The bookings that the branch holds, indexed by what customers have at hand and by slot. Follows the events.</summary>
internal sealed class BookingBook
{
    /// <summary>Bound of all that are held; reaching it is told for each booking that did not fit (law 10).</summary>
    public const int Most = 20_000;

    private readonly SortedDictionary<string, HeldBooking> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byToken = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Slot, string Id)> _open = new(BySlot.Instance);
    private readonly SortedSet<(long Slot, string Id)> _lapsed = new(BySlot.Instance);
    private readonly SortedSet<(long Ended, string Id)> _over = new(BySlot.Instance);

    // By service the same slots again, so that a count and the first are found without walking through them.
    private readonly Dictionary<string, List<(long Slot, string Id)>> _openOf = new(StringComparer.Ordinal);

    public int Count => _byId.Count;

    public int OpenCount => _open.Count;

    public IEnumerable<HeldBooking> All => _byId.Values;

    /// <summary>Those that are expected, the earliest slot first.</summary>
    public IEnumerable<Booking> Open => _open.Select(o => _byId[o.Id].Booking);

    /// <summary>Those that are expected with a slot after a moment on the wall and not after another.</summary>
    public IEnumerable<Booking> OpenBetween(long after, long until) => _open.Count == 0 || until <= after
        ? []
        : _open.GetViewBetween((after + 1, ""), (until + 1, "")).Select(o => _byId[o.Id].Booking);

    /// <summary>The latest slot of those that lapsed and may come back; null: there is none.</summary>
    public long? LastLapsedSlot => _lapsed.Count == 0 ? null : _lapsed.Max.Slot;

    /// <summary>Those that lapsed, may come back, and have a slot after a moment on the wall.</summary>
    public IEnumerable<Booking> LapsedAfter(long slot) => _lapsed.Count == 0 || _lapsed.Max.Slot <= slot
        ? []
        : _lapsed.GetViewBetween((slot + 1, ""), _lapsed.Max).Select(l => _byId[l.Id].Booking);

    /// <summary>Those that nobody is expected for any more, the longest first.</summary>
    public IEnumerable<HeldBooking> Over => _over.Select(o => _byId[o.Id]);

    /// <summary>How many of a service are expected with a slot after a moment on the wall and not after another.</summary>
    public int CountOpen(string service, long after, long until) => until <= after || !_openOf.TryGetValue(service, out var slots)
        ? 0
        : Place(slots, (until + 1, "")) - Place(slots, (after + 1, ""));

    /// <summary>
    /// Those whose slot is at least so long ago as their service's bookings are waited for, in the order of their slots. Costs what
    /// is found, and a look at each service.
    /// </summary>
    /// <returns>Null: nobody missed theirs.</returns>
    public IReadOnlyList<(long Slot, string Id)>? Missed(BranchRules rules, long wall)
    {
        List<(long Slot, string Id)>? missed = null;
        foreach (var (service, slots) in _openOf)
        {
            for (var i = 0; i < slots.Count && slots[i].Slot + CheckInDecisions.RulesOf(rules, service).LapseMs <= wall; i++)
            {
                (missed ??= []).Add(slots[i]);
            }
        }

        missed?.Sort(BySlot.Instance);
        return missed;
    }

    public HeldBooking? Find(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<HeldBooking> Matching(CheckInBy by, string value) => by switch
    {
        CheckInBy.Phone => _byPhone.TryGetValue(value, out var ids) ? ids.Select(id => _byId[id]) : [],
        // A number that is printed as a barcode may be as long as a token.
        CheckInBy.Token when _byToken.TryGetValue(BookingToken.HashOf(value), out var id) => [_byId[id]],
        _ => Find(value) is { } held ? [held] : [],
    };

    /// <summary>Whose token has this hash; null: nobody's.</summary>
    public string? HolderOf(string tokenHash) => _byToken.GetValueOrDefault(tokenHash);

    public void Put(HeldBooking held)
    {
        Remove(held.Booking.Id);
        var booking = held.Booking;
        _byId[booking.Id] = held;
        if (booking.TokenHash is { } token)
        {
            if (_byToken.TryGetValue(token, out var before))
            {
                // Whom nobody expects any more keeps no code that somebody else was sent.
                var left = _byId[before];
                _byId[before] = left with { Booking = left.Booking with { TokenHash = null } };
            }

            _byToken[token] = booking.Id;
        }

        if (booking.PhoneHash is { } phone)
        {
            if (!_byPhone.TryGetValue(phone, out var ids))
            {
                _byPhone[phone] = ids = new SortedSet<string>(StringComparer.Ordinal);
            }

            ids.Add(booking.Id);
        }

        if (held.State == BookingState.Open)
        {
            _open.Add((booking.SlotUtcMs, booking.Id));
            if (!_openOf.TryGetValue(booking.Service, out var slots))
            {
                _openOf[booking.Service] = slots = [];
            }

            slots.Insert(Place(slots, (booking.SlotUtcMs, booking.Id)), (booking.SlotUtcMs, booking.Id));
            return;
        }

        _over.Add((held.Ended?.Milliseconds ?? 0, booking.Id));
        if (held is { State: BookingState.Lapsed, Gone: false })
        {
            _lapsed.Add((booking.SlotUtcMs, booking.Id));
        }
    }

    public void Remove(string id)
    {
        if (!_byId.Remove(id, out var held))
        {
            return;
        }

        var booking = held.Booking;
        if (_open.Remove((booking.SlotUtcMs, id)))
        {
            var slots = _openOf[booking.Service];
            slots.RemoveAt(Place(slots, (booking.SlotUtcMs, id)));
        }

        _lapsed.Remove((booking.SlotUtcMs, id));
        _over.Remove((held.Ended?.Milliseconds ?? 0, id));
        if (booking.TokenHash is { } token && _byToken.GetValueOrDefault(token) == id)
        {
            _byToken.Remove(token);
        }

        if (booking.PhoneHash is { } phone && _byPhone.TryGetValue(phone, out var ids) && ids.Remove(id) && ids.Count == 0)
        {
            _byPhone.Remove(phone);
        }
    }

    /// <summary>How many come before it.</summary>
    private static int Place(List<(long Slot, string Id)> slots, (long Slot, string Id) booking)
    {
        var at = slots.BinarySearch(booking, BySlot.Instance);
        return at < 0 ? ~at : at;
    }

    private sealed class BySlot : IComparer<(long Slot, string Id)>
    {
        public static readonly BySlot Instance = new();

        public int Compare((long Slot, string Id) a, (long Slot, string Id) b) =>
            a.Slot != b.Slot ? a.Slot.CompareTo(b.Slot) : string.CompareOrdinal(a.Id, b.Id);
    }
}
