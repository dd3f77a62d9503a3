using System.Collections.Immutable;
using System.Globalization;

namespace EdgeQueue.Core.Announcements;

/// <summary>A label such as <c>A042</c> taken apart into letters, digits and numbers.</summary>
internal static class LabelSpelling
{
    public static void Spell(string label, LanguageSpeech speech, NumberStyle style, ImmutableArray<PhrasePart>.Builder parts)
    {
        for (var at = 0; at < label.Length;)
        {
            var letter = char.ToUpperInvariant(label[at]);
            if (AsciiDigit(label[at]) is null)
            {
                if (char.IsLetter(letter))
                {
                    parts.Add(LetterPart(letter, speech));
                }

                at++; // a hyphen or a blank in a label is for the eye
                continue;
            }

            var end = at;
            while (end < label.Length && AsciiDigit(label[end]) is not null)
            {
                end++;
            }

            AddDigits(string.Concat(label[at..end].Select(digit => AsciiDigit(digit))), speech, style, parts);
            at = end;
        }
    }

    private static PhrasePart.Letter LetterPart(char letter, LanguageSpeech speech)
    {
        var name = speech.NameOf(letter);
        var byEngine = name is null || name.Length == 1 && name[0] == letter;
        return new PhrasePart.Letter(ClipName.OfLetter(letter), letter.ToString(), byEngine ? letter.ToString() : name!) { ByEngine = byEngine };
    }

    private static void AddDigits(string digits, LanguageSpeech speech, NumberStyle style, ImmutableArray<PhrasePart>.Builder parts)
    {
        var number = digits.TrimStart('0');
        // Beyond 999 the engines disagree on how a number is read (years, thousands); digits are always understood.
        if (style == NumberStyle.Number && number.Length is > 0 and <= 3)
        {
            parts.Add(number.Length == 1
                ? new PhrasePart.Digit(ClipName.OfDigit(number[0]), number, speech.Digits[number[0] - '0'])
                : new PhrasePart.Number(ClipName.OfNumber(number), number, speech.SpokenNumber(number)));
            return;
        }

        foreach (var digit in digits)
        {
            parts.Add(new PhrasePart.Digit(ClipName.OfDigit(digit), digit.ToString(), speech.Digits[digit - '0']));
        }
    }

    /// <summary>A label may be configured with Arabic-Indic digits; they are said like the others.</summary>
    private static char? AsciiDigit(char letter) =>
        char.IsDigit(letter) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)) : null;
}
