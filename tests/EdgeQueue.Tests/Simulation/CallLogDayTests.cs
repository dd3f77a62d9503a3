using System.CommandLine;
using System.Diagnostics;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tests.Contracts;
using EdgeQueue.Tests.Node;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Play;

namespace EdgeQueue.Tests.Simulation;

/// <summary>
/// A bank's call log becomes a day as the tool's README says, and the day goes through replay and could be played. The rows are made up here,
/// in the columns of the published log; what came of the log itself is in that README.
/// </summary>
public sealed class CallLogDayTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task The_READMEs_awk_line_makes_a_day_that_replay_reports_sensibly_and_play_accepts()
    {
        var day = await DayOfAsync(
            Row("PS", 0, "990201", "6:58:00", 0, "AGENT", 100), // before the opening
            Row("PS", 0, "990201", "7:00:00", 0, "AGENT", 600),
            Row("PS", 2, "990201", "7:00:10", 0, "AGENT", 600),
            Row("PS", 0, "990201", "7:00:20", 0, "AGENT", 300), // both windows are taken until 7:10
            Row("PS", 0, "990201", "7:01:00", 30, "HANG", 0), // waits half a minute
            Row("NE", 0, "990201", "7:30:00", 0, "AGENT", 60),
            Row("NE", 0, "990201", "7:31:00", 0, "NO_SERVER", 60), // nobody's customer
            Row("IN", 0, "990202", "7:00:00", 0, "AGENT", 60)); // another day
        Assert.Equal(
            [
                DayFile.Header, "0,general,,600,", "10,general,priority,600,", "20,general,,300,", "60,general,,60,30", "1800,cash,,60,",
            ],
            await File.ReadAllLinesAsync(day, TestContext.Current.CancellationToken));

        var report = Replayed(day);
        Assert.StartsWith("5 customers at 4 counters", report[0], StringComparison.Ordinal);
        string[] Cells(string service) => report.Single(line => line.StartsWith(service + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Four came for general: one left, the third waited until the first window was free, nobody waited over ten minutes.
        Assert.Equal(("4", "25.0", "0"), (Cells("general")[1], Cells("general")[^2], Cells("general")[^1]));
        Assert.InRange(Number(Cells("general")[5]), 9.0, 10.0);
        Assert.Equal(("1", "0.00"), (Cells("cash")[1], Cells("cash")[3]));
        Assert.Equal(("5", "20.0"), (Cells("all")[1], Cells("all")[^2]));

        var (customers, faults) = DayFile.Read(new StringReader(await File.ReadAllTextAsync(day, TestContext.Current.CancellationToken)));
        Assert.Empty(faults);
        Assert.Empty(DayPlayer.Faults(ExampleBranchTests.Example(), customers));
    }

    public void Dispose() => folder.Dispose();

    private static double Number(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    private static string Row(string type, int priority, string date, string exit, int queued, string outcome, int served) =>
        $"AA0101\t1\t0\t{priority}\t{type}\t{date}\t{exit}\t{exit}\t5\t{exit}\t{exit}\t{queued}\t{outcome}\t{exit}\t{exit}\t{served}\tSOMEBODY";

    /// <summary>Runs the line of the README as it stands there.</summary>
    private async Task<string> DayOfAsync(params string[] rows)
    {
        var readme = await File.ReadAllTextAsync(RepositoryFolder.PathOf("device", "EdgeQueue.Tool", "README.md"), TestContext.Current.CancellationToken);
        var line = readme[readme.IndexOf("awk -F", StringComparison.Ordinal)..];
        line = line[..line.IndexOf("```", StringComparison.Ordinal)];
        await File.WriteAllLinesAsync(folder.File("calls.tsv"), ["vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate", .. rows], TestContext.Current.CancellationToken);
        using var awk = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line])
        {
            WorkingDirectory = Path.GetDirectoryName(folder.File("calls.tsv"))!, RedirectStandardOutput = true,
        })!;
        var day = folder.File("day.csv");
        await File.WriteAllTextAsync(day, await awk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await awk.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, awk.ExitCode);
        return day;
    }

    private static string[] Replayed(string day)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var command = ReplayCommand.Create().Parse(["--branch", RepositoryFolder.PathOf("examples", "branch", "branch.json"), "--trace", day, "--opens", "07:00"]);
        Assert.Equal(0, command.Invoke(new InvocationConfiguration { Output = output, Error = errors }));
        Assert.Equal("", errors.ToString());
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
