using System.Collections.Frozen;
using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// In which languages a text display can show the dispenser's prompts, by its chip as the configuration names it. Core
/// cannot see the ROMs, which live with the driver in <c>EdgeQueue.Hardware/TextDisplays</c>; a test shows every prompt on it.
/// </summary>
public sealed class TextDisplayKind
{
    // What a ROM lacks is drawn, eight characters at a time, and no prompt needs more: nine languages on either ROM. Arabic,
    // joined and from right to left, does not fit into cells of 5×8 dots.
    private static readonly string[] AllButArabic = ["de", "en", "es", "fr", "nb", "pl", "pt", "ru", "uk"];

    private static readonly FrozenDictionary<string, TextDisplayKind> Kinds = new[]
    {
        new TextDisplayKind("hd44780-a00", "the Japanese character ROM", AllButArabic),
        new TextDisplayKind("hd44780-a02", "the European character ROM", AllButArabic),
    }.ToFrozenDictionary(kind => kind.Chip);

    private TextDisplayKind(string chip, string name, IReadOnlyList<string> languages) =>
        (Chip, Name, WrittenLanguages) = (chip, name, languages);

    public static IEnumerable<string> Chips => Kinds.Keys;

    public string Chip { get; }

    /// <summary>For a sentence.</summary>
    public string Name { get; }

    /// <summary>Codes as in <see cref="Languages.Codes"/>.</summary>
    public IReadOnlyList<string> WrittenLanguages { get; }

    /// <summary>Null for a chip that nobody knows.</summary>
    public static TextDisplayKind? Of(string? chip) => chip is null ? null : Kinds.GetValueOrDefault(chip);

    /// <summary>Whether all prompts can be shown in a language (BCP 47; a variant falls back to its language).</summary>
    public bool CanWrite(string language) => Languages.Find(language) is { } speech && WrittenLanguages.Contains(speech.Code);

    /// <summary>Whether a letter of a label can be shown: ASCII, or Cyrillic.</summary>
    public static bool CanShow(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is >= 'А' and <= 'я' or 'Ґ' or 'Є' or 'І' or 'Ї';
}
