using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Mail;

/// <summary>Whoever posts to a web hook.</summary>
internal interface IHookCaller
{
    /// <param name="id">Of what is told; the same each time that it is.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secret">Of the signature; empty: none.</param>
    Task<HandingResult> SendAsync(string target, string id, string body, string secret);
}

/// <summary>
/// A web hook: the JSON is posted with the notice's key as its id. It may come again with the same id when its answer was not heard, so whoever takes it takes an id once.
/// Signed: <c>X-EdgeQueue-Signature: v1=HEX</c> is HMAC-SHA256 of <c>TIMESTAMP.BODY</c> by the setting <c>mail.hookSecret</c>, or a program's own hook's secret.
/// </summary>
internal sealed class HookCaller(MailSettings settings, TimeProvider time) : IHookCaller, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectTimeout = TimeSpan.FromSeconds(5),
        ConnectCallback = settings.HooksInside ? null : PublicAddress.ConnectAsync,
    })
    {
        Timeout = TimeSpan.FromSeconds(settings.AnswerSeconds),
    };

    public Task<HandingResult> SendAsync(NoticeRow notice) => SendAsync(notice.Target, notice.Key, notice.Body, settings.HookSecret);

    public async Task<HandingResult> SendAsync(string target, string id, string body, string secret)
    {
        if (!settings.HooksInside && !target.StartsWith("https://", StringComparison.Ordinal))
        {
            return new(Handing.Refused, "a web hook needs https");
        }

        string timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-EdgeQueue-Id", id);
        request.Headers.Add("X-EdgeQueue-Timestamp", timestamp);
        if (secret.Length > 0)
        {
            request.Headers.Add("X-EdgeQueue-Signature", "v1=" + SignatureOf(secret, timestamp, body));
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
