using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>What is counted, for those who watch the server.</summary>
internal sealed class MetricsRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        TelemetrySettings own = faults.Read<TelemetrySettings>(settings, "telemetry");
        own.Check(faults);
        services.AddSingleton(own);
        if (own.Otlp.Length > 0)
        {
            services.AddHostedService<OtlpExport>();
        }
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        // /metrics is the shell's own: it must answer when a room does not.
    }
}
