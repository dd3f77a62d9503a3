namespace EdgeQueue.Node.Speech;

/// <summary>Something that turns SSML into sound: 16-bit mono samples at <see cref="Pcm.SampleRate"/>.</summary>
public interface ISpeaker
{
    /// <summary>The utterance, without silence before and after it; the same text gives the same samples.</summary>
    short[] Speak(string language, string ssml);
}
