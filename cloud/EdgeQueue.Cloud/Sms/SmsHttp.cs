namespace EdgeQueue.Cloud.Sms;

/// <summary>One request to a provider, and what its end means for the message in it.</summary>
internal sealed class SmsHttp(SmsSettings settings) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(settings.AnswerSeconds),
    };

    public async Task<SmsResult> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellation);
            int status = (int)answer.StatusCode;
            string said = FormattableString.Invariant($"the provider answered {status}");
            return status switch
            {
                >= 200 and < 300 => new(SmsHanding.Accepted),
                429 or 503 => new(SmsHanding.NotNow, said),
                >= 400 and < 500 => new(SmsHanding.Refused, said),
                _ => new(SmsHanding.Uncertain, said),
            };
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new(SmsHanding.NotNow, $"no connection to the provider ({fault.HttpRequestError})");
        }
        catch (HttpRequestException fault)
        {
            return new(SmsHanding.Uncertain, $"the connection broke ({fault.HttpRequestError})");
        }
        catch (TaskCanceledException)
        {
            // Also when this process is told to stop: it may be there already.
            return new(SmsHanding.Uncertain, "the provider did not answer in time");
        }
    }

    public void Dispose() => _http.Dispose();
}
