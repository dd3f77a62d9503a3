using Microsoft.Extensions.Logging.Console;

namespace EdgeQueue.Hub;

/// <summary>One line an entry; under systemd with its priority and without a time, which the system's own log has.</summary>
internal static class HubLogging
{
    /// <param name="beside">On standard error, where somebody reads answers on standard output.</param>
    public static ILoggerFactory Make(bool beside = false) => LoggerFactory.Create(logging =>
    {
        Configure(logging);
        if (beside)
        {
            logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    });

    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null)
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                options.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
    }
}
