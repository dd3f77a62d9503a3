using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EdgeQueue.Tests.Node;
using EdgeQueue.Tool.Updates;

namespace EdgeQueue.Tests.Updates;

/// <summary>A bundle comes whole or not at all, whatever is cut, and what was there is not fetched twice.</summary>
public sealed class BundleDownloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly byte[] _bundle = new byte[300_000];

    public BundleDownloadTests() => new Random(1).NextBytes(_bundle);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string To => Path.Combine(_folder.Path, "bundle");

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_bundle));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bundle_whose_connection_is_cut_again_and_again_comes_whole_and_no_byte_twice()
    {
        using var server = new CutServer(_bundle, cutAfter: 70_000);

        Assert.Null(await FetchAsync(server));
        Assert.Equal(_bundle, await File.ReadAllBytesAsync(To, Cancellation));
        Assert.Equal([0, 70_000, 140_000, 210_000, 280_000], server.Begun);
        Assert.False(File.Exists(To + ".part"));
    }

    [Fact]
    public async Task What_a_process_before_this_one_has_fetched_is_gone_on_with()
    {
        await File.WriteAllBytesAsync(To + ".part", _bundle[..200_000], Cancellation);
        using var server = new CutServer(_bundle);

        Assert.Null(await FetchAsync(server));
        Assert.Equal([200_000], server.Begun);
        Assert.Null(await FetchAsync(server));
        Assert.Equal([200_000], server.Begun);
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_all_of_it_again()
    {
        await File.WriteAllBytesAsync(To + ".part", new byte[200_000], Cancellation);
        using var server = new CutServer(_bundle, ranges: false);

        Assert.Null(await FetchAsync(server));
        Assert.Equal(_bundle, await File.ReadAllBytesAsync(To, Cancellation));
    }

    [Fact]
    public async Task Spoilt_bytes_are_thrown_away_and_said()
    {
        await File.WriteAllBytesAsync(To + ".part", new byte[200_000], Cancellation);
        using var server = new CutServer(_bundle);

        Assert.Contains("thrown away", await FetchAsync(server), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Null(await FetchAsync(server));
    }

    [Fact]
    public async Task A_server_that_does_not_have_it_is_not_asked_again()
    {
        using var server = new CutServer(_bundle) { Answers = HttpStatusCode.NotFound };

        Assert.Contains("404", await FetchAsync(server), StringComparison.Ordinal);
        Assert.Single(server.Begun);
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_is_said_at_once_and_no_more_is_fetched()
    {
        // A device whose every write fails with ENOSPC (full(4)).
        File.CreateSymbolicLink(To + ".part", "/dev/full");
        using var server = new CutServer(_bundle);

        Assert.Contains("could not be written: No space left on device", await FetchAsync(server), StringComparison.Ordinal);
        Assert.Single(server.Begun);
    }

    private async Task<string?> FetchAsync(CutServer server)
    {
        using var http = new HttpClient(server, disposeHandler: false);
        return await new BundleDownload(http) { FirstPause = TimeSpan.Zero }.RunAsync(new Uri("https://hub.test/bundles/x"), To, _bundle.Length, Sha256, _ => { }, Cancellation);
    }

    private sealed class CutServer(byte[] bundle, int cutAfter = int.MaxValue, bool ranges = true) : HttpMessageHandler
    {
        public HttpStatusCode Answers { get; init; } = HttpStatusCode.OK;

        public List<long> Begun { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            long from = ranges ? request.Headers.Range?.Ranges.Single().From ?? 0 : 0;
            Begun.Add(from);
            var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : Answers)
            {
                Content = new StreamContent(new CutStream(bundle[(int)from..], cutAfter)),
            };
            if (from > 0)
            {
                response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, bundle.Length - 1, bundle.Length);
            }

            return Task.FromResult(response);
        }
    }

    private sealed class CutStream(byte[] bytes, int cutAfter) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int left = (int)Math.Min(cutAfter - Position, buffer.Length);
            return left <= 0 ? throw new IOException("Connection reset by peer") : base.ReadAsync(buffer[..left], cancellationToken);
        }
    }
}
