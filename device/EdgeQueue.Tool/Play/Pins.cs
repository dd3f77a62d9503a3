using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Play;

/// <summary>Who opens which counter. The file has a line per counter: its id, a space, the PIN; <c>#</c> begins a remark.</summary>
internal static class Pins
{
    /// <summary>Of examples/branch, printed in its README: at each counter somebody whose work profile is the counter's.</summary>
    private static readonly string[] Demonstration = ["1111", "4444", "3333", "2222"];

    /// <summary>PIN by counter, or all that is wrong.</summary>
    public static (IReadOnlyDictionary<string, string> Pins, IReadOnlyList<string> Faults) Read(TextReader text, LoadedBranch branch)
    {
        var pins = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<string>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            line = line.Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            // The PIN is never repeated in a fault: it would end up in a log.
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var counter, var pin] || !pin.All(char.IsAsciiDigit))
            {
                faults.Add($"line {number}: a counter's id, a space and a PIN of digits are wanted");
            }
            else if (branch.Counter(counter) is null)
            {
                faults.Add($"line {number}: the branch has no counter '{counter}'");
            }
            else if (!pins.TryAdd(counter, pin))
            {
                faults.Add($"line {number}: counter '{counter}' has two PINs");
            }
        }

        if (faults.Count == 0 && pins.Count == 0)
        {
            faults.Add("there is no PIN in it: then no counter opens");
        }

        return (pins, faults);
    }

    /// <summary>The demonstration's PINs, one for each counter in order, as far as the branch knows them.</summary>
    public static IReadOnlyDictionary<string, string> OfDemonstration(LoadedBranch branch) => branch.Configuration.Counters
        .Zip(Demonstration.Where(pin => branch.OperatorTyping(pin) is not null), (counter, pin) => (counter.Id, pin))
        .ToDictionary(p => p.Id, p => p.pin, StringComparer.Ordinal);
}
