using System.Globalization;
using System.Text;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tool.Status;

/// <summary>A branch in the terminal: plain lines, and colours only where somebody looks.</summary>
internal static class StatusText
{
    private const string Red = "\e[31m", Green = "\e[32m", Bold = "\e[1m", Plain = "\e[0m";

    public static string Of(BranchView view, string branch, bool colours)
    {
        var text = new StringBuilder();
        string Paint(string colour, string what) => colours ? colour + what + Plain : what;
        if (view.Status is not { } status)
        {
            return $"Branch {branch}: nothing has been heard from its hub. Is edgequeue-hub running?\n";
        }

        if (!status.Online)
        {
            return $"{Paint(Bold, "Branch " + branch)}  {Paint(Red, "hub is gone")}\nNo button and no key is answered by it; dispensers give tickets of their own meanwhile. At the hub: systemctl status edgequeue-hub, journalctl -u edgequeue-hub\n";
        }

        string hub = Paint(Green, "hub is there");
        var local = DateTime.UnixEpoch.AddMilliseconds(status.Local);
        text.Append(CultureInfo.InvariantCulture, $"{Paint(Bold, "Branch " + branch)}  {hub}  version {status.Version}  business day {status.Day}  {local:HH:mm:ss}{(status.ClockTrusted ? "" : " (clock not trusted)")}\n");
        text.Append(CultureInfo.InvariantCulture, $"{status.Waiting} waiting{(status.Parked is { } parked ? $", {parked} put aside" : "")}, event {status.Seq} of journal {status.Journal}\n\n");
        if (status.Evacuating == true)
        {
            text.Append(Paint(Red, "EVACUATION")).Append(": nobody is called until it is ended.\n\n");
        }

        foreach (CounterMessage counter in view.Counters.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {counter.Number,-6} {counter.Phase,-8} {counter.Label,-8} {counter.Operator,-16} {counter.Waiting} could be called\n");
        }

        text.Append('\n');
        foreach (var (name, unit) in view.Units)
        {
            string there = unit.Online ? Paint(Green, "there  ") : Paint(Red, "missing");
            text.Append(CultureInfo.InvariantCulture, $"  {name,-40} {unit.Role,-10} {there} {unit.Version}{(unit.Faults.Count == 0 ? "" : "  " + Paint(Red, string.Join(", ", unit.Faults.Select(f => f.Code))))}\n");
        }

        foreach (MissingUnit missing in status.Missing)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Paint(Red, "!")} {missing.Node}/{missing.Unit} ({missing.Role}) is missing for {Math.Max(0, status.At - missing.SinceMs) / 1000} s");
        }

        foreach (Fault fault in status.Faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Paint(Red, "!")} {fault.Sentence}");
        }

        return text.Append(status.Faults.Count + status.Missing.Count == 0 ? "\nNo faults.\n" : "\n").ToString();
    }

    /// <summary>For scripts: something that a person must see to.</summary>
    public static bool IsWell(BranchView view) => view.Status is { Online: true, Faults.Count: 0, Missing.Count: 0 };
}
