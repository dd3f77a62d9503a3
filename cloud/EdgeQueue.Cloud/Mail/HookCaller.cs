using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Mail;

/// <summary>
/// A web hook: the JSON is posted with the notice's key as its id. It may come again with the same id when its answer was not heard, so whoever takes it takes an id once.
/// Signed: <c>X-EdgeQueue-Signature: v1=HEX</c> is HMAC-SHA256 of <c>TIMESTAMP.BODY</c> by the setting <c>mail.hookSecret</c>.
/// </summary>
internal sealed class HookCaller(MailSettings settings, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectTimeout = TimeSpan.FromSeconds(5),
        ConnectCallback = settings.HooksInside ? null : PublicAddress.ConnectAsync,
    })
    {
        Timeout = TimeSpan.FromSeconds(settings.AnswerSeconds),
    };

    public async Task<HandingResult> SendAsync(NoticeRow notice)
    {
        if (!settings.HooksInside && !notice.Target.StartsWith("https://", StringComparison.Ordinal))
        {
            return new(Handing.Refused, "a web hook needs https");
        }

        string timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, notice.Target) { Content = new StringContent(notice.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-EdgeQueue-Id", notice.Key);
        request.Headers.Add("X-EdgeQueue-Timestamp", timestamp);
        if (settings.HookSecret.Length > 0)
        {
            request.Headers.Add("X-EdgeQueue-Signature", "v1=" + SignatureOf(settings.HookSecret, timestamp, notice.Body));
        }

        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            int status = (int)answer.StatusCode;
            string said = FormattableString.Invariant($"it answered {status}");
            return status switch
            {
                >= 200 and < 300 => new(Handing.Accepted),
                408 or 425 or 429 or >= 500 => new(Handing.NotNow, said),
                _ => new(Handing.Refused, said),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return new(Handing.NotNow, fault is TaskCanceledException ? "it did not answer in time" : $"no connection: {fault.Message}");
        }
    }

    public static string SignatureOf(string secret, string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    public void Dispose() => _http.Dispose();
}
