using System.Runtime.InteropServices;
using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Node.Speech;

/// <summary>
/// Puts an announcement together: chime, then the phrase of each language, from clips and synthesis. The same phrases
/// give the same samples.
/// </summary>
/// <param name="chime">Samples of the chime; see <see cref="Chime.Generate"/> and <see cref="WavFile.Read"/>.</param>
public sealed class PhraseRenderer(ISpeaker speaker, ClipLibrary clips, short[] chime)
{
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(70);
    private static readonly TimeSpan AfterChime = TimeSpan.FromMilliseconds(150);
    public static readonly TimeSpan BetweenLanguages = TimeSpan.FromMilliseconds(500);

    /// <summary>The whole announcement, at <see cref="Pcm.SampleRate"/>.</summary>
    public short[] Render(IReadOnlyList<Phrase> phrases, bool withChime = true)
    {
        var sound = new List<short>(8 * Pcm.SampleRate);
        if (withChime)
        {
            sound.AddRange(chime);
            AddSilence(sound, AfterChime);
        }

        for (var at = 0; at < phrases.Count; at++)
        {
            if (at > 0)
            {
                AddSilence(sound, BetweenLanguages);
            }

            AddPhrase(sound, phrases[at]);
        }

        return [.. sound];
    }

    private void AddPhrase(List<short> sound, Phrase phrase)
    {
        var begin = sound.Count;
        var unrecorded = new List<PhrasePart>();
        foreach (var part in phrase.Parts)
        {
            if (clips.Find(phrase.Language, part.Clip) is { } clip)
            {
                Synthesise();
                AddPiece(clip);
            }
            else
            {
                unrecorded.Add(part); // neighbours are synthesised together, so that they sound like one sentence
            }
        }

        Synthesise();

        void Synthesise()
        {
            if (unrecorded.Count > 0)
            {
                AddPiece(speaker.Speak(phrase.Language, Ssml.Of(unrecorded)));
                unrecorded.Clear();
            }
        }

        void AddPiece(short[] piece)
        {
            if (sound.Count > begin)
            {
                AddSilence(sound, BetweenPieces);
            }

            sound.AddRange(Pcm.Trim(piece));
        }
    }

    private static void AddSilence(List<short> sound, TimeSpan duration)
    {
        var begin = sound.Count;
        CollectionsMarshal.SetCount(sound, begin + Pcm.Samples(duration)); // leaves what was in the memory
        CollectionsMarshal.AsSpan(sound)[begin..].Clear();
    }
}
