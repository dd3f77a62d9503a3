using System.Diagnostics;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// The hub's disk takes no more. As root on a small file system of its own that is really filled; else by the limit on the
/// size of files (setrlimit(2), RLIMIT_FSIZE), which makes the same writes of the journal fail.
/// </summary>
[Collection(nameof(BrokenBranch))]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    [Fact]
    public Task With_a_full_disk_nothing_acknowledged_is_lost_the_alarm_shows_and_it_goes_on_after() => FillAsync(mount: Environment.IsPrivilegedProcess);

    [Fact]
    [Trait("Length", "Long")]
    public Task With_files_that_may_not_grow_nothing_acknowledged_is_lost_the_alarm_shows_and_it_goes_on_after() => FillAsync(mount: false);

    private async Task FillAsync(bool mount)
    {
        DirectoryInfo disk = Directory.CreateTempSubdirectory("edgequeue-disk-");
        bool mounted = mount && Run("mount", "-t", "tmpfs", "-o", "size=8m", "edgequeue-test", disk.FullName) == 0;
        try
        {
            await using PlayedStage stage = await PlayedStage.StartAsync(hub: WithoutSignal, prepared: DeskTwo.JournalIn(disk.FullName));
            await LiveThroughAsync(stage, disk.FullName, mounted);
        }
        finally
        {
            if (mounted)
            {
                Run("umount", disk.FullName);
            }

            disk.Delete(recursive: true);
        }
    }

    private async Task LiveThroughAsync(PlayedStage stage, string folder, bool mounted)
    {
        string called = await stage.CallTheFirstAsync(tickets: 3);
        int hubRestarts = stage.Stage["hub"].Restarts;

        string ballast = Path.Combine(folder, "ballast");
        Fill(stage, ballast, mounted);
        // The log of the journal may still have room of its own for a while: people come until nothing goes any more.
        int presses = 0;
        await stage.UntilAsync("the hub says that its disk takes nothing", async () =>
        {
            presses++;
            await stage.PressAsync(PlayedStage.Dispenser, "KEY_1");
            await Task.Delay(700, PlayedStage.Now);
            return stage.Watch.Branch!.Faults.Any(f => f.Code == "diskFault");
        }, TimeSpan.FromMinutes(4));

        long stopped = stage.Journal.LastSeq();
        await stage.PressAsync(PlayedStage.Dispenser, "KEY_2");
        await stage.PressAsync("counter-2/keypad", "KEY_KPPLUS");
        // Longer than a press is wanted: what has not happened by now will not. The alarm stands all the time, through several trials of the disk.
        for (int i = 0; i < 25; i++)
        {
            await Task.Delay(200, PlayedStage.Now);
            Assert.Contains(stage.Watch.Branch!.Faults, f => f.Code == "diskFault");
        }

        Assert.Equal(stopped, stage.Journal.LastSeq());
        Assert.Equal(called, stage.AtDeskTwo().Label);
        await Accounts.DisplaysTellTheTruthAsync(stage);
        Assert.True(await stage.MetricAsync("edgequeue_failed_commits_total") > 0);
        int papers = stage.Papers.Count;

        Empty(stage, ballast, mounted);
        await stage.UntilAsync("the hub goes on by itself", () => stage.Watch.Branch!.Faults.All(f => f.Code != "diskFault"));
        await stage.TakeAsync(3, "KEY_1");
        await stage.TheCalledArrivesAsync();
        await stage.SettleAsync();

        Assert.Equal(hubRestarts, stage.Stage["hub"].Restarts);
        var events = stage.Journal.Events();
        stage.Journal.MustBeSound();
        Accounts.NobodyTwice(events);
        int replies = Accounts.EveryAcceptedReplyIsKept(stage);
        PaperCount count = Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
        output.WriteLine(
            $"{(mounted ? "a full file system" : "files that may not grow")}: the alarm after {presses} presses; {papers} papers until the repair, {stage.Papers.Count} in all, "
            + $"{count.Issued} issued, {replies} accepted replies all in the journal");
    }

    /// <summary>
    /// The hub as it is, told to ignore SIGXFSZ: with it, a write beyond the limit fails as on a full disk (setrlimit(2));
    /// without, the kernel ends the process.
    /// </summary>
    private static string WithoutSignal(string folder)
    {
        string script = Path.Combine(folder, "hub.sh");
        File.WriteAllText(script, $"#!/bin/sh\ntrap '' XFSZ\nexec '{Executables.Hub}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    private static void Fill(PlayedStage stage, string ballast, bool mounted)
    {
        if (!mounted)
        {
            // One page: neither the journal nor its log takes another one, wherever in the file it would stand.
            Assert.Equal(0, Run("prlimit", "--pid", $"{stage.Stage["hub"].Pid}", "--fsize=4096:unlimited"));
            return;
        }

        using FileStream file = File.Create(ballast);
        byte[] some = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(some);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    private static void Empty(PlayedStage stage, string ballast, bool mounted)
    {
        if (mounted)
        {
            File.Delete(ballast);
        }
        else
        {
            Assert.Equal(0, Run("prlimit", "--pid", $"{stage.Stage["hub"].Pid}", "--fsize=unlimited:unlimited"));
        }
    }

    private static int Run(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
