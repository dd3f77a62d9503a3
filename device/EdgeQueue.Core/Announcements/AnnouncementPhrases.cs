using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>From a call to the phrase of one language.</summary>
public static class AnnouncementPhrases
{
    /// <summary>
    /// The phrase for <paramref name="call"/> in <paramref name="language"/>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The language has no words here, or the options' template does not parse; both are refused when the
    /// configuration is loaded (<see cref="Languages.Find"/>, <see cref="PhraseTemplate.Parse"/>).
    /// </exception>
    public static Phrase For(CallToSpeak call, string language, PhraseOptions? options = null)
    {
        options ??= PhraseOptions.Default;
        var speech = Languages.Find(language) ?? throw new ArgumentException(
            $"There are no words for the language \"{language}\". There are for: {string.Join(", ", Languages.Codes)}.", nameof(language));
        var (template, fault) = PhraseTemplate.Parse(options.Template ?? speech.Templates[call.Kind]);
        if (template is null)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var parts = ImmutableArray.CreateBuilder<PhrasePart>();
        foreach (var piece in template.Pieces)
        {
            switch (piece)
            {
                case PhraseTemplate.Piece.Words words:
                    parts.Add(new PhrasePart.Words(ClipName.OfWords(words.Spoken), SoftHyphen.Strip(Harakat.Strip(words.Spoken)), words.Spoken));
                    break;
                case PhraseTemplate.Piece.Label:
                    LabelSpelling.Spell(call.Label, speech, options.TicketStyle ?? speech.TicketStyle, parts);
                    break;
                case PhraseTemplate.Piece.Place:
                    LabelSpelling.Spell(call.Place, speech, options.PlaceStyle ?? NumberStyle.Number, parts);
                    break;
            }
        }

        return new Phrase(language, parts.DrainToImmutable());
    }

    /// <summary>
    /// What in <paramref name="label"/> cannot be said in <paramref name="language"/> with certainty: letters
    /// without a name in that language. Empty when all is well; for the configuration's loader.
    /// </summary>
    public static ImmutableArray<char> LettersWithoutName(string label, string language) =>
        Languages.Find(language) is { } speech
            ? [.. label.Where(char.IsLetter).Select(char.ToUpperInvariant).Where(letter => speech.NameOf(letter) is null).Distinct()]
            : [.. label.Where(char.IsLetter).Distinct()];
}
