using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>How one language calls a ticket.</summary>
public sealed record LanguageSpeech
{
    /// <summary>BCP 47 code, for example <c>nb</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What queue systems do by default in this language; the reasons are in this folder's README.</summary>
    public required NumberStyle TicketStyle { get; init; }

    /// <summary>The words for each kind of place; see <see cref="PhraseTemplate"/>.</summary>
    public required FrozenDictionary<PlaceKind, string> Templates { get; init; }

    /// <summary>What the synthesiser is given for 0 … 9: words, or the figure where it says that better.</summary>
    public required ImmutableArray<string> Digits { get; init; }

    /// <summary>The language's own letters, whose names the synthesiser knows.</summary>
    public required string OwnLetters { get; init; }

    /// <summary>
    /// The names of other scripts' letters, spelled so that this language's synthesiser says them; and of own
    /// letters that it says wrongly.
    /// </summary>
    public required FrozenDictionary<char, string> OtherLetters { get; init; }

    /// <summary>Number words, where the synthesiser's own are wrong; null where figures are read well.</summary>
    internal NumberWords? Numbers { get; init; }

    /// <summary>The letter's name, the letter itself where the synthesiser knows it, or null.</summary>
    public string? NameOf(char upperLetter) =>
        OtherLetters.TryGetValue(upperLetter, out var name) ? name
        : OwnLetters.Contains(upperLetter, StringComparison.Ordinal) ? upperLetter.ToString()
        : null;

    /// <summary>What the synthesiser is given for 10 … 999.</summary>
    public string SpokenNumber(string number) => Numbers?.Spell(number) ?? number;

    /// <summary>"A=ah B=bee" as a table.</summary>
    internal static FrozenDictionary<char, string> Names(string table) => table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(entry => entry[0], entry => entry[2..].Replace('_', ' '));

    internal static FrozenDictionary<PlaceKind, string> Places(string counter, string desk, string window, string room) =>
        new Dictionary<PlaceKind, string>
        {
            [PlaceKind.Counter] = counter, [PlaceKind.Desk] = desk, [PlaceKind.Window] = window, [PlaceKind.Room] = room,
        }.ToFrozenDictionary();
}
