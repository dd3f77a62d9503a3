namespace EdgeQueue.Node.Speech;

/// <summary>This machine cannot speak as configured; the message says what to install or to change.</summary>
public sealed class SpeechUnavailableException : Exception
{
    public SpeechUnavailableException() { }
    public SpeechUnavailableException(string message) : base(message) { }
    public SpeechUnavailableException(string message, Exception inner) : base(message, inner) { }
}
