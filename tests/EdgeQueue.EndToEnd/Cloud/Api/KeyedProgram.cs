using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Cloud.Accounts;

namespace EdgeQueue.EndToEnd.Cloud.Api;

/// <summary>A program with a key that is put into the database directly; how one is made is tested in <see cref="ApiTests"/>.</summary>
internal sealed class KeyedProgram : IDisposable
{
    public static readonly string[] EveryScope = ["branches:read", "tickets:read", "tickets:write", "bookings:read", "bookings:write", "reports:read", "hooks:write", "documents:write", "configuration:read", "configuration:write", "rollouts:read", "rollouts:write"];

    private KeyedProgram(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KeyedProgram> OfAsync(CloudUnderTest cloud, string[]? scopes = null, string region = "")
    {
        string secret = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 43);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
        _ = await OfficeAccount.EnterAsync(cloud.Database, "head-office");
        await OfficeAccount.RunAsync(
            cloud.Database,
            "insert into api_key(title, secret_hash, scopes, region, made_by, made_at, used_at, disabled) "
            + $"select 'test', '{hash}', '{string.Join(' ', scopes ?? EveryScope)}', '{region}', max(id), 0, 0, 0 from account");
        var http = new HttpClient { BaseAddress = cloud.Url, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eqk_" + secret);
        return new(http);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path, Cancellation))!;

    /// <param name="chosen">The Idempotency-Key.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, string json, string? chosen = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (chosen is not null)
        {
            request.Headers.Add("Idempotency-Key", chosen);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    /// <summary>All parts of a list, by its cursor.</summary>
    public async Task<List<JsonNode>> PartsAsync(string path)
    {
        var items = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            JsonNode part = await GetAsync(next.Length == 0 ? path : $"{path}&cursor={Uri.EscapeDataString(next)}");
            items.AddRange(part["items"]!.AsArray().Select(i => i!));
            next = (string?)part["next"];
        }

        return items;
    }

    public void Dispose() => Http.Dispose();
}
