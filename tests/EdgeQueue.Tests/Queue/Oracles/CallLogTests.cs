using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Oracles;

/// <summary>The call logs of an independent simulation must come out of the engine, line for line.</summary>
public sealed class CallLogTests
{
    public static TheoryData<string, string> Logs()
    {
        var data = new TheoryData<string, string>();
        foreach (var day in (string[])["N520_d00", "N520_d01"])
        {
            foreach (var rule in (string[])["fifo", "strict", "rel", "edd", "edd_prio", "gcmu_cap4"])
            {
                data.Add(day, rule);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_recorded_day_is_called_as_the_oracle_calls_it(string day, string rule) =>
        Assert.Equal(
            File.ReadLines(OracleFiles.Path($"expected/{day}_{rule}.csv")).Where(line => line.Length > 0),
            new TraceDriver(TraceBranch.Rules(KindOf(rule))).Run(Customer.Read($"traces/{day}.csv")));

    internal static CallingRuleKind KindOf(string rule) => rule switch
    {
        "fifo" => CallingRuleKind.Fifo,
        "strict" => CallingRuleKind.Strict,
        "rel" => CallingRuleKind.Relative,
        "edd" => CallingRuleKind.DueDate,
        "edd_prio" => CallingRuleKind.DueDatePriority,
        "gcmu_cap4" => CallingRuleKind.Target,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
