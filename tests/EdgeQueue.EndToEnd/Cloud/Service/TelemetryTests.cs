using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Service;

/// <summary>The export to a collector of OpenTelemetry, as the collector sees it: bytes, read by the published field numbers (opentelemetry-proto 1.x).</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_figures_and_traces_come_to_the_collector_with_the_routes_and_never_with_a_path()
    {
        using var collector = new Collector();
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string>
        {
            ["telemetry:otlp"] = collector.Address, ["telemetry:everySeconds"] = "1", ["telemetry:tracesInAThousand"] = "0",
        });

        // Somebody's secret link, asked for by a caller that wants a trace; and one that does not.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/b/this-is-the-secret");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using HttpResponseMessage answer = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        _ = await cloud.GetAsync("/healthz");

        // ExportMetricsServiceRequest: 1 resource_metrics { 1 resource { 1 attributes }, 2 scope_metrics { 1 scope { 1 name }, 2 metrics { 1 name, 9 histogram { 1 data_points { 4 count, 9 attributes } } } } }
        await Eventually.Is(() => Points(collector).Any(p => p["route"] == "/healthz" && p["status"] == "2xx"), "a figure of /healthz", 60);
        ProtobufReader resource = collector.Bodies("/v1/metrics").SelectMany(b => new ProtobufReader(b).All(1)).First(r => r.All(2).Any());
        Assert.Equal("edgequeue-cloud", resource.All(1).Single().Attributes(1)["service.name"]);
        Assert.Equal("EdgeQueue.Cloud", Assert.Single(resource.All(2)).All(1).Single().Text(1));

        // ExportTraceServiceRequest: 1 resource_spans { 2 scope_spans { 2 spans { 1 trace_id, 4 parent_span_id, 5 name, 6 kind, 9 attributes } } }
        await Eventually.Is(() => collector.Bodies("/v1/traces").Count > 0, "a trace", 60);
        ProtobufReader[] spans = [.. collector.Bodies("/v1/traces").SelectMany(b => new ProtobufReader(b).All(1)).SelectMany(r => r.All(2)).SelectMany(s => s.All(2))];
        ProtobufReader span = Assert.Single(spans);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Convert.ToHexStringLower(span.Bytes(1).Span));
        Assert.Equal("b7ad6b7169203331", Convert.ToHexStringLower(span.Bytes(4).Span));
        Assert.StartsWith("GET /b/{", span.Text(5), StringComparison.Ordinal);
        Assert.Equal(2UL, span.Number(6));
        Assert.Equal("404", span.Attributes(9)["http.response.status_code"]);

        await cloud.StopAsync();
        Assert.All(collector.All, body => Assert.Equal(-1, body.AsSpan().IndexOf("this-is-the-secret"u8)));
    }

    [Fact]
    public async Task Nothing_is_sent_unless_somebody_says_where_to()
    {
        using var collector = new Collector();
        // The variables of the library's own would name the collector: only the setting counts.
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(
            settings: new Dictionary<string, string> { ["telemetry:everySeconds"] = "1" },
            environment: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_METRIC_EXPORT_INTERVAL"] = "500" });
        _ = await cloud.GetAsync("/healthz");
        Assert.Contains("edgequeue_cloud_request_milliseconds_count{route=\"/healthz\",status=\"2xx\"}", await cloud.GetAsync("/metrics"), StringComparison.Ordinal);
        await cloud.StopAsync();

        Assert.Empty(collector.All);
    }

    private static IEnumerable<Dictionary<string, string>> Points(Collector collector) => collector.Bodies("/v1/metrics")
        .SelectMany(b => new ProtobufReader(b).All(1)).SelectMany(r => r.All(2)).SelectMany(s => s.All(2)).Where(m => m.Text(1) == "edgequeue_cloud_request_milliseconds")
        .SelectMany(m => m.All(9)).SelectMany(h => h.All(1)).Where(p => p.Number(4) > 0).Select(p => p.Attributes(9));

    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _got = new();

        public Collector()
        {
            Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(1)[0]}");
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = Task.Run(ReceiveAsync);
        }

        public string Address { get; }

        public IReadOnlyList<byte[]> All => [.. _got.Select(g => g.Body)];

        public IReadOnlyList<byte[]> Bodies(string path) => [.. _got.Where(g => g.Path == path).Select(g => g.Body)];

        public void Dispose() => _listener.Close();

        private async Task ReceiveAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _got.Enqueue((context.Request.ContentType == "application/x-protobuf" ? context.Request.Url!.AbsolutePath : "not protobuf", body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
    }
}
