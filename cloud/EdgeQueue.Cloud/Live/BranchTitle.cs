namespace EdgeQueue.Cloud.Live;

/// <summary>How people call a branch, as SQL: by the title that it was given here, else by the one that its hub says, else by its name in MQTT.</summary>
internal static class BranchTitle
{
    /// <summary>Where a statement has the branches from that reads <see cref="Of"/>.</summary>
    public const string Branches = $"branch b {Live}";

    /// <summary>The same behind a join that has the branch already.</summary>
    public const string Live = "left join live l on l.branch = b.id";

    public const string Of = "case when b.title <> '' then b.title when coalesce(l.title, '') <> '' then l.title else b.name end";
}
