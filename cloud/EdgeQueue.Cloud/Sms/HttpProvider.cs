using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Any provider with an HTTP interface, by a template of its address and body. What stands in for a brace is encoded for where it stands.</summary>
internal sealed class HttpProvider(SmsSettings settings, SmsHttp http) : ISmsProvider
{
    public async Task<SmsResult> SendAsync(string to, string text, string report, CancellationToken cancellation)
    {
        (string, string)[] values = [("{to}", "+" + to), ("{from}", settings.From), ("{text}", text), ("{report}", report)];
        using var request = new HttpRequestMessage(settings.Body.Length > 0 ? HttpMethod.Post : HttpMethod.Get, Fill(settings.Url, values, Uri.EscapeDataString));
        if (settings.Body.Length > 0)
        {
            bool form = settings.ContentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(settings.Body, values, form ? Uri.EscapeDataString : Json)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", settings.ContentType);
        }

        if (settings.Authorization.Length > 0)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(settings.Authorization);
        }

        return await http.SendAsync(request, cancellation);
    }

    /// <summary>Each brace once, in the template only: a text with <c>{to}</c> in it stays a text.</summary>
    internal static string Fill(string template, IReadOnlyList<(string Brace, string Value)> values, Func<string, string> encode)
    {
        var filled = new StringBuilder();
        for (int at = 0; at < template.Length;)
        {
            (string Brace, string Value)? found = values.Select(v => ((string, string)?)v).FirstOrDefault(v => string.CompareOrdinal(template, at, v!.Value.Item1, 0, v.Value.Item1.Length) == 0);
            filled.Append(found is { } one ? encode(one.Value) : template[at].ToString());
            at += found?.Brace.Length ?? 1;
        }

        return filled.ToString();
    }

    internal static string Json(string text) => JsonEncodedText.Encode(text).ToString();
}
