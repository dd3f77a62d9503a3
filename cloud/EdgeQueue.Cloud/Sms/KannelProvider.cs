using System.Globalization;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Kannel's smsbox: <c>GET /cgi-bin/sendsms</c> (Kannel 1.4.5 user's guide, "Using the sendsms service"). It answers 202 when it has it, 503 when it cannot now.</summary>
internal sealed class KannelProvider(SmsSettings settings, SmsHttp http) : ISmsProvider
{
    /// <summary>Delivered, failed, buffered, accepted and rejected by the SMSC.</summary>
    private const int AllReports = 31;

    public async Task<SmsResult> SendAsync(string to, string text, string report, CancellationToken cancellation)
    {
        string coding = SmsLength.Of(text).IsGsm7 ? "0" : "2";
        string query = string.Join('&', new (string Name, string Value)[]
        {
            ("username", settings.User), ("password", settings.Password), ("from", settings.From), ("to", "+" + to), ("text", text), ("coding", coding), ("charset", "UTF-8"),
            ("dlr-mask", AllReports.ToString(CultureInfo.InvariantCulture)), ("dlr-url", report + "?type=%d"),
        }.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.Url}/cgi-bin/sendsms?{query}");
        return await http.SendAsync(request, cancellation);
    }
}
