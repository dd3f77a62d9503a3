using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Time;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// The branch configuration: its rules go into the journal, and nothing of it is shown, and nothing cleared, before they are on
/// the disk (law 1).
/// </summary>
public sealed class ConfigurationInForce(LoadedBranch first, LiveBranch live, BranchTime branchTime, LoopDutyParts with)
{
    private LoadedBranch? _toShow;
    private (Action<IReadOnlyList<string>?> Answer, LoadedBranch Before)? _told;

    public LoadedBranch Branch { get; private set; } = first;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public void Begin()
    {
        Use(Branch);
        with.Publisher.Use(Branch, branchTime.Now);
    }

    /// <summary>A new one was read, and is without faults.</summary>
    /// <returns>False: the journal takes nothing now, and the one before stays in force.</returns>
    public bool Change(ConfigurationRead read)
    {
        LoadedBranch branch = read.Branch;
        if (read.Answer is { } answer)
        {
            if (FaultsOf(branch) is { Count: > 0 } faults)
            {
                answer(faults);
                return false;
            }

            _told = (answer, Branch);
        }
        else if (with.Intake.DiskFault || with.Guard.Behind is not null)
        {
            with.Faults.Set("configuration", new Fault("configuration", "The new configuration waits: the journal takes nothing now. Start the hub again after the repair."));
            return false;
        }

        Use(branch);
        with.Faults.Set("configuration", null);
        ApplyRules();
        _toShow = branch;
        return true;
    }

    /// <summary>The disk did not take the batch: what the cloud told is not in force, and it is asked again.</summary>
    public void Failed()
    {
        if (_told is var (answer, before))
        {
            (_told, _toShow) = (null, null);
            Use(before);
            answer([JournalTakesNothing]);
        }
    }

    /// <summary>Puts its rules into the batch, if they are not in the journal already.</summary>
    public void ApplyRules()
    {
        // Compared as they would be written: a restart with the same configuration is not an event.
        Moment at = branchTime.Now();
        if (live.State.Rules is not { } rules
            || !EventJson.Write(new RulesApplied(rules, at)).AsSpan().SequenceEqual(EventJson.Write(new RulesApplied(Branch.Rules, at))))
        {
            Decision decision = live.Execute(new ApplyRules(Branch.Rules, at), EventSource.Configuration);
            if (decision.Refusal is { } refusal)
            {
                with.Faults.Set("configuration", new Fault("configuration", refusal.Sentence));
            }
        }

        live.Batch.Meta["revision"] = Branch.Configuration.Revision.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The batch is on the disk.</summary>
    /// <returns>True: a new configuration is shown from now on.</returns>
    public bool Committed()
    {
        if (_toShow is not { } shown)
        {
            return false;
        }

        with.Publisher.Use(shown, branchTime.Now);
        _toShow = null;
        _told?.Answer(null);
        _told = null;
        HubLog.ConfigurationApplied(with.Log, shown.Configuration.Revision);
        return true;
    }

    private const string JournalTakesNothing = "The branch's journal takes nothing now; see the faults of the branch. Send it again after the repair.";

    /// <summary>Why one that the cloud told cannot be in force now; nothing has been changed yet.</summary>
    private IReadOnlyList<string> FaultsOf(LoadedBranch branch) =>
        with.Intake.DiskFault || with.Guard.Behind is not null ? [JournalTakesNothing]
        : Decider.Decide(live.State, new ApplyRules(branch.Rules, branchTime.Now())).Refusal is { } refusal ? [refusal.Sentence]
        : WorkInTheWay.Of(live.State, branch.Configuration);

    private void Use(LoadedBranch branch)
    {
        Branch = branch;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(branch.Configuration.TimeZone);
        with.Use(branch);
    }
}
