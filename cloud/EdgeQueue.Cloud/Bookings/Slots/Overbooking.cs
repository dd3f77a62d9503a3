namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>How many people one slot takes. More than its capacity only where that is switched on, and only as many as stay away by what was learned.</summary>
internal static class Overbooking
{
    /// <summary>Fewer past bookings than this say nothing.</summary>
    public const long LeastLearned = 50;

    /// <param name="capacity">People that can be served.</param>
    /// <param name="mostPercent">0: never more than the capacity.</param>
    /// <param name="arrived">Past bookings of this service whose people came.</param>
    /// <param name="missed">Those who did not.</param>
    /// <returns>
    /// The capacity and so many more that, when as large a part as ever stays away, the expected number that comes is at most the capacity:
    /// capacity × missed ÷ arrived, rounded down, and at most <paramref name="mostPercent"/> of the capacity.
    /// </returns>
    public static int Places(int capacity, int mostPercent, long arrived, long missed)
    {
        if (mostPercent == 0 || arrived + missed < LeastLearned)
        {
            return capacity;
        }

        long most = (long)capacity * mostPercent / 100;
        return capacity + (int)(arrived == 0 ? most : Math.Min(most, capacity * missed / arrived));
    }
}
