using System.Reflection;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue;

public sealed class StateDigestTests
{
    private static readonly BranchSnapshot Full = Sample();

    public static TheoryData<string> Records() =>
    [
        nameof(Visit), nameof(Place), nameof(Transaction), nameof(Durations), nameof(Counter), nameof(Release), nameof(Lease),
        nameof(PressedTicket), nameof(RecentCall), nameof(PrefixNumber), nameof(PolicyRules), nameof(ServiceRules),
        nameof(SegmentRules), nameof(WorkProfileRules), nameof(CounterRules), nameof(BranchSnapshot),
        nameof(VisitSnapshot), nameof(HeldBooking), nameof(Booking), nameof(VisitFacts), nameof(JourneyStep), nameof(ServiceTickets),
        nameof(PlannedEnd), nameof(OrderedPause), nameof(HeldCall), nameof(SaidAhead), nameof(ServiceVisitRules), nameof(AppointmentRules),
        nameof(SegmentRule), nameof(HallRules), nameof(DayException), nameof(OpenSpan), nameof(NoShowRequeue), nameof(BufferRules), nameof(MoreTime),
    ];

    /// <summary>Whoever adds a property to a record and forgets the digest is told here.</summary>
    [Theory]
    [MemberData(nameof(Records))]
    public void Whatever_differs_in_a_branch_differs_in_its_digest(string record)
    {
        var type = typeof(BranchState).Assembly.GetType("EdgeQueue.Core.Queue." + record)!;
        var changes = 0;
        foreach (var property in type.GetProperties().Where(p => p is { CanRead: true, CanWrite: true } && Other(p.PropertyType) is not null))
        {
            var changed = (BranchSnapshot)Copy(Full, type, property)!;
            Assert.False(StateDigest.Of(Full) == StateDigest.Of(changed), $"{record}.{property.Name} is not in the digest.");
            changes++;
        }

        Assert.True(changes > 0);
    }

    [Fact]
    public void A_snapshot_of_another_form_is_not_read() =>
        Assert.Throws<NotSupportedException>(() => BranchState.FromSnapshot(Full with { Form = 99 }));

    [Fact]
    public void A_snapshot_that_was_written_and_read_is_the_same_branch()
    {
        Assert.True(JournalJson.TryRead<BranchSnapshot>(JournalJson.Write(Full), out var read, out var fault), fault);
        Assert.Equal(StateDigest.Of(Full), StateDigest.Of(read));
        Assert.Equal(StateDigest.Of(Full), StateDigest.Of(BranchState.FromSnapshot(read)));
    }

    // The whole graph again, with one property of every record of one type changed.
    private static object? Copy(object? value, Type changedType, PropertyInfo changed)
    {
        if (value is null or string || value.GetType().Namespace != typeof(BranchState).Namespace && value is not System.Collections.IEnumerable)
        {
            return value;
        }

        if (value is System.Collections.IEnumerable list)
        {
            var element = value.GetType().GetInterfaces().Append(value.GetType())
                .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];
            if (element.Namespace != typeof(BranchState).Namespace && !element.IsGenericType)
            {
                return value;
            }

            if (element.IsGenericType)
            {
                // Named rules: change them in place of a new dictionary of the same kind.
                var copy = (System.Collections.IDictionary)Activator.CreateInstance(value.GetType())!;
                foreach (System.Collections.DictionaryEntry entry in (System.Collections.IDictionary)value)
                {
                    copy[entry.Key] = Copy(entry.Value, changedType, changed);
                }

                return copy;
            }

            var items = list.Cast<object>().Select(i => Copy(i, changedType, changed)).ToArray();
            var array = Array.CreateInstance(element, items.Length);
            Array.Copy(items, array, items.Length);
            return array;
        }

        var clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(value, null)!;
        foreach (var property in value.GetType().GetProperties().Where(p => p is { CanRead: true, CanWrite: true }))
        {
            property.SetValue(clone, Copy(property.GetValue(value), changedType, changed));
        }

        if (value.GetType() == changedType)
        {
            var now = changed.GetValue(clone);
            var other = Other(changed.PropertyType);
            changed.SetValue(clone, Equals(now, other) ? Another(other!) : other);
        }

        return clone;
    }

    private static object? Other(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "other",
        var t when t == typeof(int) => 77,
        var t when t == typeof(long) => 77L,
        var t when t == typeof(bool) => true,
        var t when t == typeof(Moment) => new Moment(77),
        var t when t.IsEnum => Enum.ToObject(t, 1),
        _ => null,
    };

    private static object Another(object value) => value switch
    {
        bool b => !b,
        Enum e => Enum.ToObject(e.GetType(), 0),
        _ => throw new InvalidOperationException($"The sample holds {value} itself."),
    };

    private static BranchSnapshot Sample()
    {
        var state = new BranchState();
        Evolve.Apply(state, DayOne(VisitSample.Rules));
        Evolve.Apply(state,
        [
            Opened("1"), Opened("2", "boris"), Issued(1), Issued(2), Issued(3), Leased("lease-1", 900, 909), Called(1, "1", 1), Arrived(1, "1", 2),
            new TransactionFinished(1, "1", "cash", ["a"], "b", ["c"], At(3)),
            new VisitTransferred(1, "1", "anna", true, CallNextTests.Cash(3) with { BoundCounter = "2" }, At(3)),
            Called(2, "1", 4), new VisitParked(2, "1", At(99), At(5)), Called(3, "2", 6, "boris"),
            new TransactionFinished(3, "2", "cash", [], null, [], At(7)),
            .. VisitSample.Happened,
        ]);
        return state.ToSnapshot();
    }
}
