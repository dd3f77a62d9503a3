using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Section <c>sms</c> of the settings.</summary>
internal sealed record SmsSettings
{
    public const string Shown = "show";

    /// <summary><c>kannel</c>, <c>http</c>, <c>show</c> (a demonstration: nothing leaves, head office sees what would have), or empty: nothing is sent.</summary>
    public string Provider { get; set; } = "";

    /// <summary>kannel: of smsbox, e.g. <c>http://127.0.0.1:13013</c>. http: where to, with <c>{to}</c>, <c>{from}</c>, <c>{text}</c> and <c>{report}</c> (where it tells what came of it).</summary>
    public string Url { get; set; } = "";

    /// <summary>http: what is posted, with the same in it, encoded as <see cref="ContentType"/> wants; empty: GET.</summary>
    public string Body { get; set; } = "";

    /// <summary>http: <c>application/json</c> or <c>application/x-www-form-urlencoded</c>.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>http: the header Authorization.</summary>
    public string Authorization { get; set; } = "";

    /// <summary>kannel: of its sendsms-user.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender that people see.</summary>
    public string From { get; set; } = "";

    /// <summary>How the provider reaches this cloud, without a slash at its end; empty: the cloud's public address.</summary>
    public string CallbackUrl { get; set; } = "";

    /// <summary>Part of the address that a provider calls with inbound messages; at least 16 characters. Empty: none are taken.</summary>
    public string InboundKey { get; set; } = "";

    /// <summary>The provider answers within so many seconds, or it is uncertain; 1 … 60.</summary>
    public int AnswerSeconds { get; set; } = 15;

    /// <summary>Messages a second, 1 … 100, each replica.</summary>
    public int PerSecond { get; set; } = 10;

    /// <summary>Messages that one number gets in 24 hours, 1 … 1000.</summary>
    public int PerNumberADay { get; set; } = 20;

    /// <summary>Country codes of numbers that are written to, <c>47,46</c>; empty: all. Somebody may book with a number that costs a lot, for their own gain.</summary>
    public string Countries { get; set; } = "";

    /// <summary>Parts that all together may leave in an hour, 1 … 10 million; what is beyond waits.</summary>
    public int PartsAnHour { get; set; } = 5_000;

    /// <summary>The same in a calendar month (UTC).</summary>
    public int PartsAMonth { get; set; } = 100_000;

    /// <summary>In the branch's time nothing goes out in it that can wait, <c>21:00-08:00</c>; empty: none.</summary>
    public string QuietHours { get; set; } = "21:00-08:00";

    /// <summary>A reminder goes out so many hours before the slot, 0 (none) … 168.</summary>
    public int ReminderHours { get; set; } = 24;

    /// <summary>Of one part, in thousandths of the currency.</summary>
    public int CostPerPart { get; set; }

    public string Currency { get; set; } = "";

    public bool On => Provider.Length > 0;

    /// <param name="phone">Digits in international form.</param>
    public bool WritesTo(string phone) => Countries.Length == 0 || Codes.Any(c => phone.StartsWith(c, StringComparison.Ordinal));

    private string[] Codes => Countries.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Null: none.</summary>
    public QuietHours? Quiet => Sms.QuietHours.Of(QuietHours);

    public void Check(SettingFaults faults)
    {
        if (Provider is not ("" or "kannel" or "http" or Shown))
        {
            faults.Add("sms.provider", $"'{Provider}' is none of kannel, http and show.");
        }

        if (On && Provider != Shown && (!Uri.TryCreate(Url.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")))
        {
            faults.Add("sms.url", $"'{Url}' is not an address like http://127.0.0.1:13013.");
        }

        if (InboundKey.Length is > 0 and < 16)
        {
            faults.Add("sms.inboundKey", "has at least 16 characters that nobody can guess.");
        }

        if (QuietHours.Length > 0 && Quiet is null)
        {
            faults.Add("sms.quietHours", $"'{QuietHours}' is no time as 21:00-08:00.");
        }

        foreach (string code in Codes.Where(c => c.Length > 4 || c[0] == '0' || !c.All(char.IsAsciiDigit)))
        {
            faults.Add("sms.countries", $"'{code}' is no country code as 47.");
        }

        if (PartsAnHour is < 1 or > 10_000_000 || PartsAMonth is < 1 or > 10_000_000)
        {
            faults.Add("sms", "partsAnHour and partsAMonth are 1 to 10000000.");
        }

        if (AnswerSeconds is < 1 or > 60 || PerSecond is < 1 or > 100 || PerNumberADay is < 1 or > 1_000 || ReminderHours is < 0 or > 168 || CostPerPart < 0)
        {
            faults.Add("sms", "answerSeconds is 1 to 60, perSecond 1 to 100, perNumberADay 1 to 1000, reminderHours 0 to 168, costPerPart not less than 0.");
        }
    }
}

/// <summary>Local hours in which nothing goes out that can wait; they may go over midnight.</summary>
internal sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Reads <c>21:00-08:00</c>; null: it is none.</summary>
    public static QuietHours? Of(string text) =>
        text.Length == 11 && text[5] == '-' && TimeRange.Of($"{text[..5]}-24:00") is { } from && TimeRange.Of($"{text[6..]}-24:00") is { } to && text[..5] != text[6..]
            ? new(TimeOnly.MinValue.AddMinutes(from.From), TimeOnly.MinValue.AddMinutes(to.From)) : null;

    /// <summary>When it may go out: at once, or when they end.</summary>
    /// <param name="at">Milliseconds since 1970 UTC.</param>
    public long After(long at, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddMilliseconds(at), zone);
        TimeOnly clock = TimeOnly.FromDateTime(local);
        if (!clock.IsBetween(From, To))
        {
            return at;
        }

        DateTime end = DateOnly.FromDateTime(local).ToDateTime(To);
        end = end > local ? end : end.AddDays(1);
        while (zone.IsInvalidTime(end))
        {
            end = end.AddMinutes(1);
        }

        return (long)(TimeZoneInfo.ConvertTimeToUtc(end, zone) - DateTime.UnixEpoch).TotalMilliseconds;
    }
}
