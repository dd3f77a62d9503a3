using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EdgeQueue.Tool.Stage;

/// <summary>Uses the panel as its page does: presses keys, hears what lights, prints and sounds.</summary>
internal sealed class PanelClient(Uri panel) : IAsyncDisposable
{
    private readonly HttpClient http = new() { BaseAddress = panel, Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource stop = new();
    // Unbounded on purpose: this lives for one check of seconds, and an event that was dropped would be a lie.
    private readonly Channel<(string Name, JsonNode Data)> events = Channel.CreateUnbounded<(string, JsonNode)>();
    private Task listening = Task.CompletedTask;

    /// <summary>Opens the stream of events; returns what the page would show at first.</summary>
    public async Task<JsonNode> OpenAsync(CancellationToken cancellation)
    {
        listening = ListenAsync();
        return await WaitAsync("all", _ => true, cancellation);
    }

    /// <param name="pad">On a dispenser's number pad.</param>
    public Task PressAsync(string unit, string key, CancellationToken cancellation, bool pad = false) =>
        PostAsync("press", new JsonObject { ["unit"] = unit, ["key"] = key, ["pad"] = pad }, $"the key {key} of {unit}", cancellation);

    /// <summary>Holds a code under a dispenser's scanner.</summary>
    public Task ScanAsync(string unit, string text, CancellationToken cancellation) =>
        PostAsync("scan", new JsonObject { ["unit"] = unit, ["text"] = text }, $"the scan at {unit}", cancellation);

    private async Task PostAsync(string path, JsonObject body, string what, CancellationToken cancellation)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new StageException($"The panel refused {what}: {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    public Task<byte[]> FetchAsync(string url, CancellationToken cancellation) =>
        http.GetByteArrayAsync(new Uri(url, UriKind.Relative), cancellation);

    /// <summary>The next event of that name that is meant; others on the way are passed over.</summary>
    public async Task<JsonNode> WaitAsync(string name, Func<JsonNode, bool> meant, CancellationToken cancellation)
    {
        await foreach (var (happened, data) in events.Reader.ReadAllAsync(cancellation))
        {
            if (happened == name && meant(data))
            {
                return data;
            }
        }

        throw new StageException("The panel ended its stream of events.");
    }

    /// <summary>All events from here on, for somebody who watches everything; not beside <see cref="WaitAsync"/>.</summary>
    public IAsyncEnumerable<(string Name, JsonNode Data)> AllAsync(CancellationToken cancellation) => events.Reader.ReadAllAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await using var stream = await http.GetStreamAsync(new Uri("events", UriKind.Relative), stop.Token);
            using var reader = new StreamReader(stream);
            var name = "";
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line[7..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    events.Writer.TryWrite((name, JsonNode.Parse(line[6..])!));
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            events.Writer.TryComplete(new StageException($"The panel at {panel} cannot be heard: {e.Message}"));
            return;
        }

        events.Writer.TryComplete();
    }
}
