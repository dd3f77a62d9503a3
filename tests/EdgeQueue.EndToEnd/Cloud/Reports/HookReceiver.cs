using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>Somebody's web hook: takes what comes and checks the signature by itself.</summary>
internal sealed class HookReceiver : IDisposable
{
    public const string Secret = "a secret that nobody guesses";

    private readonly HttpListener _listener = new();

    public HookReceiver()
    {
        Url = $"http://127.0.0.1:{FreePorts.Take(1)[0]}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = TakeAsync();
    }

    /// <summary>What it is signed with.</summary>
    public string Key { get; set; } = Secret;

    public string Url { get; }

    /// <summary>Ids and bodies in the order in which they came.</summary>
    public ConcurrentQueue<(string Id, string Body)> Came { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                string body = await reader.ReadToEndAsync();
                string signed = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{context.Request.Headers["X-EdgeQueue-Timestamp"]}.{body}")));
                bool right = context.Request.Headers["X-EdgeQueue-Signature"] == "v1=" + signed;
                Came.Enqueue((right ? context.Request.Headers["X-EdgeQueue-Id"]! : "wrong signature", body));
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
