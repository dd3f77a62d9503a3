using System.Diagnostics;
using System.Globalization;

namespace EdgeQueue.Benchmarks.Table;

/// <summary><c>RESULTS.md</c> beside this project: the last complete run, which the README quotes.</summary>
internal static class ResultsFile
{
    public static void Write(string path, string machine, bool quick, IReadOnlyList<BudgetRow> rows)
    {
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        File.WriteAllText(path,
            $"""
             # What was measured

             {date}, {machine}, commit {Commit()}.
             {(quick ? "\n**A quick run with small counts: these figures only show that the benchmark works.**\n" : "")}
             Made by `dotnet run --project tests/EdgeQueue.Benchmarks -c Release -- all`; what each row means is in README.md.

             {BudgetRow.Header}
             {string.Join('\n', rows)}

             """);
    }

    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--exclude", "*"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return commit.Length > 0 ? commit : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
