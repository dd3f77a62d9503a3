namespace EdgeQueue.Cloud.Sms;

/// <summary>What came of handing a message over.</summary>
internal enum SmsHanding
{
    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>It certainly has not: nothing was sent, or it said that it cannot now. Try again.</summary>
    NotNow,

    /// <summary>It will not take it, now or later.</summary>
    Refused,

    /// <summary>Nobody knows: the connection broke after it had been sent. Not again by itself.</summary>
    Uncertain,
}

/// <param name="Reason">For those who look; without number, text or secret.</param>
internal readonly record struct SmsResult(SmsHanding Handing, string Reason = "");

/// <summary>Whoever carries messages to phones.</summary>
internal interface ISmsProvider
{
    /// <param name="to">International, digits without '+'.</param>
    /// <param name="report">Where it tells what came of it; <see cref="SmsRoom"/> has the route.</param>
    Task<SmsResult> SendAsync(string to, string text, string report, CancellationToken cancellation);
}
