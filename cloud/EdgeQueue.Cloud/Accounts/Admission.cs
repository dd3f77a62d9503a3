namespace EdgeQueue.Cloud.Accounts;

/// <summary>Who may use a staff route: to look (GET), and to change something (all else).</summary>
public sealed record Admission(Roles Look, Roles Change);

/// <summary>A POST that only looks: what is asked for must not stand in an address.</summary>
public sealed record OnlyLooks;
