using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>The technician's page, on this machine's own address only, for as long as its technician uses it.</summary>
internal static class PageServer
{
    public const int UsualPort = 8085;

    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    /// <summary>A form has some hundred bytes.</summary>
    private const int LongestForm = 8 * 1024;

    public static async Task<int> RunAsync(int port, TechnicianDesk desk, BranchEar ear, TextWriter console, TimeProvider time, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration gone = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        var pages = new TechnicianPages(desk, new PageDoor(), time);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 16;
            kestrel.Limits.MaxRequestBodySize = LongestForm;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        await using WebApplication app = builder.Build();
        app.Run(pages.HandleAsync);
        try
        {
            await app.StartAsync(stop.Token);
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Say another port: edgequeue technician --port 8086");
            return ExitCode.Usage;
        }

        string address = app.Urls.Single();
        Task hearing = ear.RunAsync(stop.Token);
        await console.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"The technician's page, until Ctrl-C or an hour without use:\n  {address}/?{PageDoor.KeyName}={pages.Door.Key}\nWhoever has this address may do what you may: keep it to yourself."));
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), time);
            while (pages.Unused < Idle)
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }

            await console.WriteLineAsync("Nobody has used the page for an hour.");
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        await stop.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Fine;
    }
}
