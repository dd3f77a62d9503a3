using System.Security;
using System.Text;

namespace EdgeQueue.Core.Announcements;

/// <summary>
/// Phrase parts as SSML (W3C Speech Synthesis Markup Language 1.1) for espeak-ng. No xml:lang: it would change
/// the voice in the middle of a phrase.
/// </summary>
public static class Ssml
{
    /// <summary>
    /// One utterance. Letters that the engine names itself are marked as characters, otherwise English reads
    /// "A 42" with the article.
    /// </summary>
    public static string Of(IEnumerable<PhrasePart> parts)
    {
        var ssml = new StringBuilder("<speak>");
        var first = true;
        foreach (var part in parts)
        {
            // A comma at the start of the words belongs to what was said before.
            if (!first && part.Spoken[0] is not (',' or '،' or '.' or ';'))
            {
                ssml.Append(' ');
            }

            first = false;
            ssml.Append(part is PhrasePart.Letter { ByEngine: true }
                ? $"<say-as interpret-as=\"characters\">{SecurityElement.Escape(part.Spoken)}</say-as>"
                : SecurityElement.Escape(SoftHyphen.ForEngine(Harakat.ForEngine(part.Spoken))));
        }

        return ssml.Append("</speak>").ToString();
    }
}
