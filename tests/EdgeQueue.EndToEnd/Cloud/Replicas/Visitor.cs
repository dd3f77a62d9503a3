using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EdgeQueue.EndToEnd.Cloud.Replicas;

/// <summary>Somebody with an address of their own (all of 127/8 is this machine): the bounds count by it.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    public Visitor(int number, int port)
    {
        Number = number;
        var address = new IPAddress([127, 1, (byte)(number / 250), (byte)((number % 250) + 1)]);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public int Number { get; }

    /// <summary>A phone number that nobody else has.</summary>
    public string Phone => string.Create(CultureInfo.InvariantCulture, $"+4791{Number:000000}");

    /// <returns>Status 0: no answer at all.</returns>
    public Task<Answer> GetAsync(string path) => TriedAsync(() => new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => TriedAsync(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return request;
    });

    /// <summary>Times that can be chosen, as a page of them says.</summary>
    public static IReadOnlyList<string> Slots(string page) => [.. FreeSlot().Matches(page).Select(m => m.Groups[1].Value)];

    public void Dispose() => _http.Dispose();

    private async Task<Answer> TriedAsync(Func<HttpRequestMessage> make)
    {
        try
        {
            using HttpRequestMessage request = make();
            using HttpResponseMessage answer = await _http.SendAsync(request);
            return new((int)answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync());
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return new(0, "", fault.Message);
        }
    }

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex FreeSlot();

    internal sealed record Answer(int Status, string Location, string Text)
    {
        public bool Unanswered => Status is 0 or >= 500;
    }
}
