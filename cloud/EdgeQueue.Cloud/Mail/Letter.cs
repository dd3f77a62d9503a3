namespace EdgeQueue.Cloud.Mail;

/// <summary>A mail as its reader has it.</summary>
/// <param name="FileName">'': nothing is beside it; its end says what it is (.xlsx, .ics).</param>
internal sealed record Letter(string Subject, string Body, string FileName, byte[] File);

/// <summary>Puts a mail to a customer together when it is sent, from what holds then.</summary>
internal interface ILetterComposer
{
    /// <summary>Whether it is about something of its own.</summary>
    bool Knows(string key);

    /// <param name="key">As in the outbox.</param>
    /// <returns>Null: there is nothing to say any more.</returns>
    Task<Letter?> ComposeAsync(string key, CancellationToken cancellation);
}
