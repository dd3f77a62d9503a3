using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>What digits and codes can mean. Pure; a meaning is looked up at the hub, or hashed first.</summary>
public static class CheckInGrammar
{
    /// <summary>Characters of a booking's token, which nobody can guess (<see cref="Booking"/>).</summary>
    private const int ShortestToken = 16;

    private const int LongestToken = 128;

    /// <summary>A booking number or a phone number, by its length; null: neither.</summary>
    public static CheckInBy? OfDigits(string digits, CheckInDeskConfiguration desk) =>
        IsIn(digits.Length, desk.BookingDigits) ? CheckInBy.Number
        : IsIn(digits.Length, desk.PhoneDigits) ? CheckInBy.Phone
        : null;

    /// <summary>The most digits that make sense here.</summary>
    public static int MostDigits(CheckInDeskConfiguration desk) => Math.Max(desk.BookingDigits[1], desk.PhoneDigits[1]);

    /// <summary>What a scanner read: a token, or a booking number printed as a barcode; null: nothing of ours.</summary>
    public static CheckInBy? OfCode(string text) =>
        text.Length is >= ShortestToken and <= LongestToken ? CheckInBy.Token
        : text.Length is > 0 and < ShortestToken && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? CheckInBy.Number
        : null;

    private static bool IsIn(int length, IReadOnlyList<int> range) => length >= range[0] && length <= range[1];
}
