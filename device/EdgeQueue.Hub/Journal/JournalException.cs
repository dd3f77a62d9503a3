namespace EdgeQueue.Hub.Journal;

/// <summary>The journal is missing, unreadable, somebody else's, or cannot be written. The message says what to do.</summary>
public class JournalException(string message, Exception? inner = null) : Exception(message, inner);
