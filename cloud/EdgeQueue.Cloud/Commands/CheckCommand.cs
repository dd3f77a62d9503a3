using System.CommandLine;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Commands;

/// <summary><c>edgequeue-cloud check</c>.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var options = new SettingOptions();
        var command = new Command("check", "Reads the settings and says all that is wrong with them; starts nothing and touches no database. Exit code 0: nothing is wrong, 4: see above.")
        {
            options.Config, options.Database, options.Listen,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (CloudProgram.Read(parsed.GetValue(options.Config), options.Given(parsed)) is not { } configuration)
            {
                return ExitCode.Settings;
            }

            await using WebApplication? app = CloudProgram.Build(configuration);
            if (app is not null)
            {
                await Console.Out.WriteLineAsync("The settings can be used.");
            }

            return app is null ? ExitCode.Settings : ExitCode.Stopped;
        });
        return command;
    }
}
