using EdgeQueue.Cloud.Start;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>
/// Sends the figures and traces of requests to a collector of OpenTelemetry (OTLP 1.x, protobuf over HTTP). A collector that is away costs what it would
/// have got and nothing else.
/// </summary>
internal sealed class OtlpExport(TelemetrySettings settings) : IHostedService, IDisposable
{
    private MeterProvider? _figures;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // One among replicas; the machine's name and the process are no secrets of people.
        ResourceBuilder who = ResourceBuilder.CreateEmpty().AddService("edgequeue-cloud", serviceVersion: CloudProgram.Version, serviceInstanceId: Environment.MachineName + "/" + Environment.ProcessId);
        _figures = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(who).AddMeter(CloudMetrics.MeterName)
            .AddOtlpExporter((exporter, reader) =>
            {
                Set(exporter, "/v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.EverySeconds * 1000;
            }).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(who).AddSource(CloudMetrics.MeterName)
            .SetSampler(SamplerOf(settings))
            .AddOtlpExporter(exporter => Set(exporter, "/v1/traces")).Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, for some seconds at most.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _figures?.Dispose();
        (_traces, _figures) = (null, null);
    }

    /// <summary>A stranger's traceparent decides nothing: else anybody could have every request traced.</summary>
    private static ParentBasedSampler SamplerOf(TelemetrySettings settings)
    {
        var own = new TraceIdRatioBasedSampler(settings.TracesInAThousand / 1000.0);
        return new(own, remoteParentSampled: own, remoteParentNotSampled: own);
    }

    private void Set(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(settings.Otlp + path);
        exporter.TimeoutMilliseconds = 5000;
    }
}
