using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>A ring: so many percent of the branches of a region, with those of the rings before it.</summary>
/// <param name="Region">'': of all branches.</param>
/// <param name="Percent">1 … 100.</param>
internal sealed record RolloutStage(string Region, int Percent);

/// <summary>How far the branches are that may have it.</summary>
internal sealed record RolloutCounts(long Branches, long Done, long Failed);

/// <param name="Stage">From 0.</param>
/// <param name="StageEndedAt">When all branches up to this stage had ended, milliseconds; 0: they have not.</param>
internal sealed record RolloutStanding(RolloutPhase Phase, string Reason, int Stage, long StageEndedAt);

internal enum RolloutPhase
{
    Running,
    Paused,

    /// <summary>By itself: too many branches failed.</summary>
    Stopped,

    /// <summary>By somebody.</summary>
    Ended,
    Done,
}

/// <summary>Who gets it when, and when it goes on or stops. Pure: no clock, no database.</summary>
internal static class RolloutPlan
{
    /// <returns>The first ring that the branch is in; null: none.</returns>
    /// <param name="rollout">Anything of the roll-out's own, so that it is not the same branches each time.</param>
    public static int? StageOf(string branch, string region, IReadOnlyList<RolloutStage> stages, string rollout)
    {
        int place = BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(rollout + "\n" + branch))) * 100 / 65_536;
        for (int i = 0; i < stages.Count; i++)
        {
            if ((stages[i].Region.Length == 0 || stages[i].Region == region) && place < stages[i].Percent)
            {
                return i;
            }
        }

        return null;
    }

    public static RolloutStanding Next(RolloutStanding now, RolloutCounts counts, int stages, long mostFailures, long pauseMs, long at)
    {
        if (now.Phase is not (RolloutPhase.Running or RolloutPhase.Paused))
        {
            return now;
        }

        if (counts.Failed > mostFailures)
        {
            return now with { Phase = RolloutPhase.Stopped, Reason = $"{counts.Failed} {(counts.Failed == 1 ? "branch" : "branches")} failed, and {(mostFailures == 0 ? "none" : mostFailures.ToString(CultureInfo.InvariantCulture))} may." };
        }

        if (counts.Branches == 0 && now.Phase == RolloutPhase.Running && now.Stage < stages - 1)
        {
            // One percent of twenty branches is none: nobody waits for what they say.
            return now with { Stage = now.Stage + 1, StageEndedAt = 0 };
        }

        if (now.Phase == RolloutPhase.Paused || counts.Done + counts.Failed < counts.Branches)
        {
            return now.StageEndedAt == 0 || now.Phase == RolloutPhase.Paused ? now : now with { StageEndedAt = 0 };
        }

        return now.Stage >= stages - 1 ? now with { Phase = RolloutPhase.Done }
            : now.StageEndedAt == 0 ? now with { StageEndedAt = at }
            : at - now.StageEndedAt >= pauseMs ? now with { Stage = now.Stage + 1, StageEndedAt = 0 }
            : now;
    }
}
