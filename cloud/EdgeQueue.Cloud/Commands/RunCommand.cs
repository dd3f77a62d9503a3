using System.CommandLine;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Commands;

/// <summary><c>edgequeue-cloud run</c>.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var options = new SettingOptions();
        var command = new Command("run", """
            Runs the cloud until SIGTERM. Brings its database up to date first; several may be started at once.

            It answers /healthz (this process works), /readyz (its database does, too) and, to this machine, /metrics.
            Exit codes: 0 asked to stop, 2 command line or address in use, 3 database, 4 settings.
            """)
        {
            options.Config, options.Database, options.Listen,
        };
        command.SetAction(async (parsed, cancellation) =>
            CloudProgram.Read(parsed.GetValue(options.Config), options.Given(parsed)) is { } configuration
                ? await CloudProgram.RunAsync(configuration, cancellation)
                : ExitCode.Settings);
        return command;
    }
}
