using System.Data.Common;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using EdgeQueue.Cloud.Metrics;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;
using Npgsql;

namespace EdgeQueue.Cloud.Start;

/// <summary>Puts the parts together and runs them until SIGTERM.</summary>
internal static class CloudProgram
{
    public static string Version { get; } = typeof(CloudProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <returns>The settings, or null after having said what is wrong with them.</returns>
    public static IConfigurationRoot? Read(string? file, IReadOnlyDictionary<string, string?> given)
    {
        try
        {
            return SettingsSource.Read(file, given);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file}: {FaultOf(fault)}");
            return null;
        }
    }

    /// <summary>Why the file of settings cannot be used, in a sentence of ours.</summary>
    internal static string FaultOf(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case JsonException json:
                    return JsonPlace.Of(json);
                case FileNotFoundException or DirectoryNotFoundException:
                    return "there is no such file.";
                case UnauthorizedAccessException:
                    return "this user may not read it.";
                default:
                    break;
            }
        }

        return $"it cannot be read: {(fault.InnerException ?? fault).Message}";
    }

    /// <summary>The process, made but not started; null after having said all that is wrong with the settings.</summary>
    public static WebApplication? Build(IConfigurationRoot configuration)
    {
        var faults = new SettingFaults();
        CloudSettings settings = configuration.Get<CloudSettings>() ?? new();
        settings.Check(faults);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            // It has no appsettings.json, and to wait for one would watch every folder below the current one.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        CloudLogging.Configure(builder.Logging);
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton<MetricsText>().AddSingleton<Complaints>().AddHostedService<SystemdService>();
        foreach (IRoom room in Rooms.All)
        {
            room.AddServices(builder.Services, configuration, faults);
        }

        faults.Compare(SettingsSource.NamesInFile(configuration));
        if (faults.Sentences.Count > 0)
        {
            Console.Error.WriteLine($"The settings cannot be used:\n  {string.Join("\n  ", faults.Sentences)}");
            return null;
        }

        builder.Services.AddSingleton(_ => DatabaseSetting.Open(settings.Database)).AddSingleton<Migrator>();
        WebShell.AddServices(builder, settings);
        WebApplication app = builder.Build();
        // Counts from the beginning: the listener is made before anything is counted.
        _ = app.Services.GetRequiredService<MetricsText>();
        WebShell.Map(app, settings);
        foreach (IRoom room in Rooms.All)
        {
            room.MapRoutes(app);
        }

        return app;
    }

    public static async Task<int> RunAsync(IConfigurationRoot configuration, CancellationToken cancellation)
    {
        await using WebApplication? app = Build(configuration);
        if (app is null)
        {
            return ExitCode.Settings;
        }

        var settings = app.Services.GetRequiredService<CloudSettings>();
        try
        {
            await MigrateAsync(app, cancellation);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
        catch (Exception fault) when (fault is DbException or MigrationException)
        {
            await Console.Error.WriteLineAsync($"{DatabaseSetting.Named(settings.Database)}: {fault.Message}");
            return ExitCode.Database;
        }

        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException fault)
        {
            // What was started before the listener is stopped before its database is gone.
            await app.StopAsync(CancellationToken.None);
            await Console.Error.WriteLineAsync($"{settings.Listen}: {fault.Message}");
            return ExitCode.Usage;
        }

        CloudLog.Started(app.Logger, Version, DatabaseSetting.Named(settings.Database), settings.Listen);
        await app.WaitForShutdownAsync(cancellation);
        CloudLog.Stopping(app.Logger);
        return ExitCode.Stopped;
    }

    /// <summary>Waits for a database that is not up yet, as after a power cut; one that refuses is a fault.</summary>
    private static async Task MigrateAsync(WebApplication app, CancellationToken cancellation)
    {
        var migrator = app.Services.GetRequiredService<Migrator>();
        while (true)
        {
            try
            {
                foreach (string name in await migrator.ApplyAsync(Migration.All, cancellation))
                {
                    CloudLog.Migrated(app.Logger, name);
                }

                return;
            }
            catch (NpgsqlException fault) when (fault.InnerException is SocketException or IOException or TimeoutException || fault.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                CloudLog.WaitingForDatabase(app.Logger, fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            }
        }
    }
}
