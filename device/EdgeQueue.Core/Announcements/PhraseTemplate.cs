using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>
/// A phrase with its two gaps: "Ticket {label}, please go to counter {place}". A bar | divides the words around
/// it into separate clips; it is not spoken.
/// </summary>
public sealed record PhraseTemplate(ImmutableArray<PhraseTemplate.Piece> Pieces)
{
    /// <summary>Words to say, or one of the two gaps.</summary>
    public abstract record Piece
    {
        public sealed record Words(string Spoken) : Piece;
        public sealed record Label : Piece;
        public sealed record Place : Piece;
    }

    /// <summary>The template, or a sentence that says what is wrong with it (exactly one of the two is null).</summary>
    public static (PhraseTemplate? Template, string? Fault) Parse(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var gap = rest.IndexOfAny('{', '}');
            AddWords(pieces, gap < 0 ? rest : rest[..gap]);
            if (gap < 0)
            {
                break;
            }

            var end = rest[gap] == '{' ? rest[gap..].IndexOf('}') : -1;
            if (end < 0)
            {
                return (null, $"The template \"{text}\" has a brace without its partner. Write the gaps as {{label}} and {{place}}.");
            }

            var name = rest[(gap + 1)..(gap + end)];
            switch (name)
            {
                case "label": pieces.Add(new Piece.Label()); break;
                case "place": pieces.Add(new Piece.Place()); break;
                default: return (null, $"The template \"{text}\" has a gap {{{name}}} that nothing fills. The gaps are {{label}} and {{place}}.");
            }

            rest = rest[(gap + end + 1)..];
        }

        return pieces.OfType<Piece.Label>().Any()
            ? (new PhraseTemplate(pieces.DrainToImmutable()), null)
            : (null, $"The template \"{text}\" never says whose turn it is. Add {{label}}.");
    }

    private static void AddWords(ImmutableArray<Piece>.Builder pieces, ReadOnlySpan<char> words)
    {
        foreach (var part in words.Split('|'))
        {
            var trimmed = words[part].Trim();
            if (trimmed.ContainsAnyExcept(" ,.;:،"))
            {
                pieces.Add(new Piece.Words(trimmed.ToString()));
            }
        }
    }
}
