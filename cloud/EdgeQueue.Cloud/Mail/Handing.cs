namespace EdgeQueue.Cloud.Mail;

/// <summary>What came of giving a notice to whoever carries it.</summary>
internal enum Handing
{
    Accepted,

    /// <summary>Certainly not taken; later perhaps.</summary>
    NotNow,

    /// <summary>Certainly not taken, and never.</summary>
    Refused,

    /// <summary>Nobody knows.</summary>
    Uncertain,
}

internal readonly record struct HandingResult(Handing Handing, string Reason = "");

/// <summary>A notice as the sender takes it.</summary>
internal sealed record NoticeRow(long Id, string Key, string Channel, string Target, string Subject, string Body, string FileName, byte[] File, long Tries, long Until);
