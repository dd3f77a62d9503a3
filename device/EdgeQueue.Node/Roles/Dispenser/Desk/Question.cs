using System.Globalization;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>One question of a button, and what can be an answer to it. Pure but for the hash of a phone number.</summary>
/// <param name="MostDigits">That the number pad takes.</param>
public sealed record Question(string Name, DeskPrompt Prompt, int MostDigits)
{
    private const int LongestCase = 20;

    /// <summary>Of the configuration's words; null: there is no such question.</summary>
    public static Question? Of(string name, CheckInDeskConfiguration desk) => name switch
    {
        "people" => new(name, DeskPrompt.HowMany, 2),
        "person" => new(name, DeskPrompt.YourPhone, desk.PhoneDigits[1]),
        "case" => new(name, DeskPrompt.YourCase, LongestCase),
        _ => null,
    };

    /// <summary>The answer is who somebody is.</summary>
    public bool IsWho => Name == "person";

    /// <summary>With this answer, typed; null: it is none.</summary>
    /// <param name="hash">Of a phone number; null: it is none, or it cannot be hashed here.</param>
    public Answers? Typed(Answers so, string digits, Func<string, string?> hash) => Name switch
    {
        "people" => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var people) && people is >= 1 and <= 99
            ? so with { People = people } : null,
        "person" => hash(digits) is { } person ? so with { Person = person } : null,
        _ => digits.Length > 0 ? so with { Case = digits } : null,
    };

    /// <summary>With this answer, scanned; null: nobody scans an answer to this.</summary>
    public Answers? Scanned(Answers so, string text) =>
        Name == "case" && text.Length is > 0 and <= LongestCase && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/')
            ? so with { Case = text } : null;
}
