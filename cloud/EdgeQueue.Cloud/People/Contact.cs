namespace EdgeQueue.Cloud.People;

/// <summary>How somebody can be reached, and by what they are found, exported and erased: a phone number, a mailbox, or both.</summary>
public sealed record Contact(PhoneNumber? Phone, MailboxAddress? Mail)
{
    /// <summary>For SQL: nobody's phone number when there is none.</summary>
    public string Digits => Phone?.Digits ?? "-";

    /// <summary>For SQL, against <c>lower(mail)</c>.</summary>
    public string MailKey => Mail?.Key ?? "-";

    /// <param name="typed">A phone number with its country, or a mail address.</param>
    /// <returns>Null: it is neither.</returns>
    public static Contact? Of(string? typed) =>
        typed?.Contains('@', StringComparison.Ordinal) == true
            ? MailboxAddress.Of(typed) is { } mail ? new(null, mail) : null
            : PhoneNumber.Of(typed) is { } phone ? new(phone, null) : null;

    public static implicit operator Contact(PhoneNumber phone) => new(phone, null);
}
