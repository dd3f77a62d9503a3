using System.Globalization;
using System.Numerics;

namespace EdgeQueue.Core.Queue;

/// <summary>The explanation of a call in words, for whoever asks why this one was called and not another.</summary>
public static class CallWords
{
    /// <param name="label">A visit's label; its number where it is not known any more.</param>
    /// <returns>The reason, then a line for each visit that was beaten.</returns>
    public static IReadOnlyList<string> Of(VisitCalled call, Func<long, string> label) => Of(call.Why, call.Visit, call.Turn, label);

    /// <summary>The same of who was called ahead to a buffer.</summary>
    public static IReadOnlyList<string> Of(VisitPrecalled call, Func<long, string> label) => Of(call.Why, call.Visit, call.Turn, label);

    private static IReadOnlyList<string> Of(CallReason why, long visit, RatioTurn? turn, Func<long, string> label)
    {
        var chosen = new Beaten(visit, "", why.Priority, why.WaitMs, why.TargetMs, why.MeanServiceMs);
        return
        [
            $"{Choice(why)}; waited {Time(why.WaitMs)} of a target of {Time(why.TargetMs)}{(why.OverCap ? ", over the cap" : "")}, priority {why.Priority}, "
                + $"mean service {Time(why.MeanServiceMs)}{(why.Help is true ? ", as help" : "")}; {why.Waiting} could have been called{Turn(turn)}",
            .. why.Beat.Select(other =>
                $"before {label(other.Visit)}: {other.Service}, waited {Time(other.WaitMs)} of {Time(other.TargetMs)}, priority {other.Priority}, "
                + $"mean service {Time(other.MeanServiceMs)}{Score(why, chosen, other)}"),
        ];
    }

    /// <summary>A duration as people say it: <c>9:05</c> minutes and seconds, <c>1:09:05</c> with hours.</summary>
    public static string Time(long ms)
    {
        var seconds = ms / 1000;
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    private static string Choice(CallReason why) => why switch
    {
        { Rule: "chosen" } => "a person named this ticket",
        { Rule: CallReason.Live } => "came without a ticket",
        { Rule: "returning" } => "back from a transfer, before all others",
        { Rule: "precalled" } => "called ahead before",
        { Rule: "booked" } => "the counter keeps free for a booking, and this one has an appointment",
        { Queue: { } queue, Rule: var rule } => $"a person chose the queue '{queue}', and within it the rule '{rule}'",
        { Rule: var rule } => $"by the rule '{rule}'",
    };

    private static string Turn(RatioTurn? turn) => turn is null
        ? ""
        : $"; it was {(turn.First ? "the priority side's" : "the other side's")} turn, "
            + (turn.Open is true ? "of which nobody waited: it stays theirs" : $"{turn.Position} of this round are used now");

    // The target rule's scores have no unit that says anything to anybody: the other's in percent of the chosen one's.
    private static string Score(CallReason why, Beaten chosen, Beaten other)
    {
        if (other.Help is true && why.Help is not true)
        {
            return "; is helped with only when there is no work of one's own";
        }

        var (over, under) = why.Rule switch
        {
            "target" => (Weight(other, chosen), Weight(chosen, other)),
            "rel" => ((BigInteger)other.WaitMs * chosen.TargetMs, (BigInteger)chosen.WaitMs * other.TargetMs),
            _ => (0, 0),
        };
        return under.IsZero ? "" : $"; its score is {over * 100 / under} % of the called one's";
    }

    private static BigInteger Weight(Beaten of, Beaten beside) =>
        (BigInteger)of.Priority * of.WaitMs * beside.TargetMs * beside.TargetMs * beside.MeanServiceMs;
}
