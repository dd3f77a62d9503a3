using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>
/// One piece of a phrase: it is played from a recorded clip where one exists, and synthesised otherwise.
/// </summary>
/// <param name="Clip">The clip's name without folder and extension, for example <c>please-go-to-counter</c>.</param>
/// <param name="Text">What a person reads, for example "A".</param>
/// <param name="Spoken">
/// What the synthesiser is given, for example "дубль-вэ"; in Arabic with vowel signs, without which it guesses, and with
/// <see cref="SoftHyphen"/>s where a word would be stressed wrongly.
/// </param>
public abstract record PhrasePart(string Clip, string Text, string Spoken)
{
    /// <summary>Words of the template.</summary>
    public sealed record Words(string Clip, string Text, string Spoken) : PhrasePart(Clip, Text, Spoken);

    /// <summary>One letter, said by its name.</summary>
    public sealed record Letter(string Clip, string Text, string Spoken) : PhrasePart(Clip, Text, Spoken)
    {
        /// <summary>The engine knows this letter's name; <see cref="PhrasePart.Spoken"/> is the letter itself.</summary>
        public bool ByEngine { get; init; }
    }

    /// <summary>One digit, said by its name.</summary>
    public sealed record Digit(string Clip, string Text, string Spoken) : PhrasePart(Clip, Text, Spoken);

    /// <summary>A whole number, said as such.</summary>
    public sealed record Number(string Clip, string Text, string Spoken) : PhrasePart(Clip, Text, Spoken);
}

/// <summary>What is to be said in one language, in order.</summary>
/// <param name="Language">The language's code, for example <c>nb</c>; see <see cref="Languages"/>.</param>
public sealed record Phrase(string Language, ImmutableArray<PhrasePart> Parts)
{
    /// <summary>The phrase as a person would write it down: "Ticket A 0 4 2, please go to counter 5".</summary>
    public string Text => string.Join(' ', Parts.Select(part => part.Text))
        .Replace(" ,", ",", StringComparison.Ordinal).Replace(" ،", "،", StringComparison.Ordinal);

    /// <summary>Free text in one language, for an evacuation or a message of the day; never made of clips word by word.</summary>
    public static Phrase FreeText(string language, string text) =>
        new(language, [new PhrasePart.Words(ClipName.OfWords(text), SoftHyphen.Strip(Harakat.Strip(text)), text)]);
}
