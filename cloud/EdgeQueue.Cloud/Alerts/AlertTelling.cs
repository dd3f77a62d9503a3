using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>Who is told of an alert, and what: put into the outboxes inside the transaction that raises it.</summary>
internal sealed class AlertTelling(NoticeOutbox notices, SmsOutbox sms, CloudSettings settings, TimeProvider time)
{
    /// <summary>An alert of yesterday is nobody's news.</summary>
    private const long Useful = 86_400_000;

    /// <param name="alert">Its id: with the recipient's it is one notice.</param>
    public async Task TellAsync(DbTransaction transaction, long alert, AlertRule rule, AlertKind kind, LiveRow row, long value, IEnumerable<AlertRecipient> recipients)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        string sentence = $"{row.Title}: {rule.Name}. {kind.Sentence(value)}";
        foreach (AlertRecipient to in recipients)
        {
            long at = QuietHours.Of(to.Quiet)?.After(now, LocalDays.Zone(to.Zone, TimeZoneInfo.Utc)) ?? now;
            string key = FormattableString.Invariant($"alert:{alert}:{to.Id}");
            if (to.Channel == "sms")
            {
                if (to.Person is { } person)
                {
                    await sms.AddAsync(transaction, new SmsIntent("alert", key, person, "en", sentence, to.Zone, Urgent: true, at, at + Useful));
                }

                continue;
            }

            string body = to.Channel == "hook" ? Json(alert, rule, kind, row, value, now, sentence) : $"{sentence}\r\n\r\n{settings.PublicUrl}/alerts\r\n{settings.PublicUrl}/network/{row.Name}\r\n";
            await notices.AddAsync(transaction, new(key, to.Channel, to.Target, sentence, body, "", [], at, at + Useful, Quiet: at > now));
        }
    }

    private string Json(long alert, AlertRule rule, AlertKind kind, LiveRow row, long value, long now, string sentence)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("kind", "alert");
            json.WriteString("id", alert.ToString(CultureInfo.InvariantCulture));
            json.WriteString("branch", row.Name);
            json.WriteString("title", row.Title);
            json.WriteString("rule", rule.Name);
            json.WriteString("measure", kind.Word);
            json.WriteNumber("value", value);
            json.WriteNumber("raisedAt", now);
            json.WriteString("sentence", sentence);
            json.WriteString("link", settings.PublicUrl + "/alerts");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
