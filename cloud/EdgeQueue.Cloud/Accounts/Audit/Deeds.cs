namespace EdgeQueue.Cloud.Accounts.Audit;

/// <summary>What is written down. A room adds its words here; a word that is in the database stays.</summary>
public static class Deeds
{
    public const string SignIn = "sign-in";
    public const string SignInFailed = "sign-in failed";
    public const string SignOut = "sign-out";
    public const string PasswordChanged = "password changed";
    public const string AccountAdded = "account added";
    public const string AccountChanged = "account changed";
    public const string LinkMade = "password link made";
    public const string BranchChanged = "branch changed";
    public const string Looked = "looked up";
    public const string Exported = "exported";
    public const string Erased = "erased";
    public const string Sent = "sent again";
    public const string Acknowledged = "acknowledged";
    public const string Changed = "changed";
    public const string KeyAdded = "API key added";
    public const string KeyDisabled = "API key disabled";

    public static IReadOnlyList<string> All { get; } =
    [
        SignIn, SignInFailed, SignOut, PasswordChanged, AccountAdded, AccountChanged, LinkMade, BranchChanged, Looked, Exported, Erased, Sent, Acknowledged, Changed,
        KeyAdded, KeyDisabled,
    ];
}
