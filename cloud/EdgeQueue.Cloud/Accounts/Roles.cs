namespace EdgeQueue.Cloud.Accounts;

/// <summary>What somebody is here for; an account has one of them.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>Sees and changes everything.</summary>
    HeadOffice = 1,

    /// <summary>The branches of its regions.</summary>
    Region = 2,

    /// <summary>Its branches.</summary>
    BranchManager = 4,

    /// <summary>Sees everything, the audit trail too, and changes nothing.</summary>
    Auditor = 8,

    All = HeadOffice | Region | BranchManager | Auditor,
}

/// <summary>How roles are written in the database, on the command line and in forms.</summary>
public static class RoleWords
{
    public static IReadOnlyList<(Roles Role, string Word, string Title)> Every { get; } =
    [
        (Roles.HeadOffice, "head-office", "Head office"), (Roles.Region, "region", "Region"),
        (Roles.BranchManager, "branch-manager", "Branch manager"), (Roles.Auditor, "auditor", "Auditor"),
    ];

    /// <returns>None: there is no such role.</returns>
    public static Roles Of(string? word) => Every.FirstOrDefault(r => r.Word == word).Role;

    /// <param name="role">One role.</param>
    public static string Word(Roles role) => Every.First(r => r.Role == role).Word;

    public static string Title(Roles role) => Every.First(r => r.Role == role).Title;
}
