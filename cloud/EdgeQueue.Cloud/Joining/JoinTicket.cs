namespace EdgeQueue.Cloud.Joining;

/// <summary>Words of the column <c>state</c>.</summary>
internal static class JoinState
{
    /// <summary>The branch is being asked.</summary>
    public const string Asking = "asking";

    /// <summary>It did not answer in time: nobody knows whether the ticket is taken, until it answers or reports.</summary>
    public const string Unsure = "unsure";

    public const string Open = "open";

    /// <summary>The branch is being asked to cancel it.</summary>
    public const string Leaving = "leaving";

    public const string Refused = "refused";

    public const string Over = "over";
}

/// <summary>A ticket of somebody outside.</summary>
/// <param name="Visit">-1: not known yet.</param>
/// <param name="CalledAt">Branch time, milliseconds.</param>
internal sealed record JoinTicket(
    long Id, string Press, long Branch, string BranchName, string Service, string Language, string Channel, long? Person, string State, string Reason,
    long Visit, string Label, long WantedUntil, long Asked, string LeavePress, string Counter, long CalledAt, long Near, long MadeAt)
{
    public const string Columns =
        """
        j.id as Id, j.press as Press, j.branch as Branch, b.name as BranchName, j.service as Service, j.language as Language, j.channel as Channel, j.person as Person,
        j.state as State, j.reason as Reason, j.visit as Visit, j.label as Label, j.wanted_until as WantedUntil, j.asked as Asked, j.leave_press as LeavePress,
        j.counter as Counter, j.called_at as CalledAt, j.near as Near, j.made_at as MadeAt
        """;

    public const string Unfinished = "('asking', 'unsure', 'open', 'leaving')";

    public string Subject => FormattableString.Invariant($"ticket:{Id}");
}
