using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>A block of numbers that one dispenser's store may give out while the hub is away.</summary>
/// <param name="Store">Random id of the store; empty: set aside by a fork, some store may hold it.</param>
/// <param name="Used">Numbers that came back as tickets, ascending; they are never usable again from this lease.</param>
/// <param name="LastUsedDay">Business day in which the last of them came back; 0: none yet.</param>
/// <param name="Revoked">Given up by a technician: ends when the day is closed.</param>
public sealed record Lease(
    string Id, string Node, string Unit, string Store, string Service, string Prefix, int Digits, int First, int Last,
    IReadOnlyList<int> Used, int LastUsedDay, bool Revoked)
{
    public int Size => Last - First + 1;

    /// <summary>Every number came back as a ticket.</summary>
    public bool Complete => Used.Count == Size;

    public bool Contains(int number) => number >= First && number <= Last;

    public string Label(int number) => TicketLabel.Of(Prefix, number, Digits);

    internal Lease Use(int number, int day)
    {
        if (Used.Contains(number))
        {
            return this;
        }

        var used = new List<int>(Used.Count + 1);
        used.AddRange(Used);
        used.Insert(~used.BinarySearch(number), number);
        return this with { Used = used, LastUsedDay = day };
    }
}

/// <summary>A ticket's human-readable label.</summary>
public static class TicketLabel
{
    /// <summary>Prefix, then the number with at least <paramref name="digits"/> digits: <c>A042</c>.</summary>
    public static string Of(string prefix, int number, int digits) =>
        prefix + number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>Which visit a key press became: kept for the current and the previous business day.</summary>
public sealed record PressedTicket(string Press, long Visit, string Label, int Day);
