using System.Globalization;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation;

/// <summary>Who was called when and where: <c>call_s,counter_1based,ticket_id,present</c>, seconds from opening.</summary>
/// <param name="progress">Told now and then how many calls were made.</param>
internal sealed class CallLog(IEnumerable<string> counters, Action<int>? progress = null) : RollWatch
{
    public const string Header = "call_s,counter_1based,ticket_id,present";

    private const int Often = 5000;

    private readonly Dictionary<string, int> _numbers =
        counters.Select((id, i) => (Id: id, Number: i + 1)).ToDictionary(c => c.Id, c => c.Number);

    public List<string> Lines { get; } = [Header];

    public override void Called(Customer customer, string counter, long at, bool present)
    {
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at / 1000.0:0.###},{_numbers[counter]},{customer.Id},{(present ? 1 : 0)}"));
        if (Lines.Count % Often == 0)
        {
            progress?.Invoke(Lines.Count);
        }
    }
}
