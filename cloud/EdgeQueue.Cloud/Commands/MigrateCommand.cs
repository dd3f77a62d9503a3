using System.CommandLine;
using System.Data.Common;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Commands;

/// <summary><c>edgequeue-cloud migrate</c>.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var options = new SettingOptions();
        var command = new Command("migrate", "Brings the database up to date and ends. 'run' does the same at its start; this is for those who want to see it done before. Exit code 3: the message says why not.")
        {
            options.Config, options.Database,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (CloudProgram.Read(parsed.GetValue(options.Config), options.Given(parsed)) is not { } configuration)
            {
                return ExitCode.Settings;
            }

            string setting = (configuration.Get<CloudSettings>() ?? new()).Database;
            if (DatabaseSetting.FaultOf(setting) is { } wrong)
            {
                await Console.Error.WriteLineAsync($"database: {wrong}");
                return ExitCode.Settings;
            }

            await using IDatabase database = DatabaseSetting.Open(setting);
            try
            {
                IReadOnlyList<string> applied = await new Migrator(database, TimeProvider.System).ApplyAsync(Migration.All, cancellation);
                await Console.Out.WriteLineAsync(applied.Count == 0 ? "Nothing to do." : $"Applied:\n  {string.Join("\n  ", applied)}");
                return ExitCode.Stopped;
            }
            catch (Exception fault) when (fault is DbException or MigrationException)
            {
                await Console.Error.WriteLineAsync($"{DatabaseSetting.Named(setting)}: {fault.Message}");
                return ExitCode.Database;
            }
        });
        return command;
    }
}
