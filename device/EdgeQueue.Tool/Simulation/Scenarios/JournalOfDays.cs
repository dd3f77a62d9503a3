using System.Globalization;
using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>
/// The events of days in a row, a line each as <c>edgequeue journal export</c> writes them: what the journal of such a branch
/// would hold. To try what is learned from a journal, where the truth is known.
/// </summary>
internal sealed class JournalOfDays(Stream output) : RollWatch
{
    private static readonly byte[] End = "}\n"u8.ToArray();
    private long _seq;

    public static void Write(string path, Scenario scenario, BranchDemand demand, int days, ulong seed, Action<int>? progress, CancellationToken cancellation)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 16);
        var branch = new DaysInARow(scenario, demand, seed, new JournalOfDays(file));
        for (var day = 1; day <= days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            branch.RunDay();
            progress?.Invoke(day);
        }
    }

    public override void Happened(IReadOnlyList<Event> events)
    {
        foreach (var happened in events)
        {
            output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"journal\":\"simulated\",\"seq\":{++_seq},\"event\":")));
            output.Write(EventJson.Write(happened));
            output.Write(End);
        }
    }
}
