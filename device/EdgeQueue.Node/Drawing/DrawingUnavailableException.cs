namespace EdgeQueue.Node.Drawing;

/// <summary>This machine cannot draw; the message says what to install.</summary>
public sealed class DrawingUnavailableException : Exception
{
    public DrawingUnavailableException() { }
    public DrawingUnavailableException(string message) : base(message) { }
    public DrawingUnavailableException(string message, Exception inner) : base(message, inner) { }
}
