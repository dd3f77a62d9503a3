using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Service;

/// <summary>The unit as systemd's own tools judge it, and what the process tells systemd.</summary>
public sealed class SystemdTests
{
    private static readonly string Unit = Path.Combine(Executables.Root(), "cloud", "systemd", "edgequeue-cloud.service");

    [Fact]
    public async Task The_unit_is_well_formed_and_exposes_little()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-unit-");
        try
        {
            // Where it would be installed there is nothing here.
            string copy = Path.Combine(folder.FullName, "edgequeue-cloud.service");
            string text = await File.ReadAllTextAsync(Unit, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(copy, text.Replace("/usr/lib/edgequeue/cloud/edgequeue-cloud", Executables.Cloud, StringComparison.Ordinal), TestContext.Current.CancellationToken);

            (int code, string said) = await RunAsync("verify", "--recursive-errors=no", copy);
            Assert.True(code == 0 && said.Length == 0, said);
            // 25: an exposure of 2.5 of 10.
            (code, said) = await RunAsync("security", "--offline=true", "--threshold=25", "--no-pager", copy);
            Assert.True(code == 0, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Systemd_hears_when_it_is_ready_that_it_lives_and_that_it_goes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-notify-");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        string path = Path.Combine(folder.FullName, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(environment: new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "300000" });

            Assert.Equal("READY=1\nSTATUS=serving", await HearAsync(systemd));
            Assert.Equal("WATCHDOG=1\nSTATUS=serving", await HearAsync(systemd));
            Assert.Equal("WATCHDOG=1\nSTATUS=serving", await HearAsync(systemd));
            // Read on meanwhile, as systemd does: a socket that is full holds up who speaks.
            Task<int> stopping = cloud.StopAsync();
            string last;
            do
            {
                last = await HearAsync(systemd);
            }
            while (last.StartsWith("WATCHDOG", StringComparison.Ordinal));

            Assert.Equal("STOPPING=1", last);
            Assert.Equal(0, await stopping);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        byte[] buffer = new byte[1024];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token));
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("systemd-analyze", words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }
}
