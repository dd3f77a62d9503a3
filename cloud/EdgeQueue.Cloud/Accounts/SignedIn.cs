namespace EdgeQueue.Cloud.Accounts;

/// <summary>Who asks. A handler of a staff route may take it as a parameter: the gate has let nobody else in.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Session">Hash of the session's secret.</param>
public sealed record SignedIn(long Account, string Name, Roles Role, VisibleBranches Sees, string Session)
{
    /// <summary>Whether they may change what everybody shares.</summary>
    public bool IsHeadOffice => Role == Roles.HeadOffice;

    public bool MayChange => Role != Roles.Auditor;

    /// <returns>Null: nobody is signed in, or the route is not a staff route.</returns>
    public static SignedIn? Of(HttpContext context) => context.Features.Get<SignedIn>();

    /// <summary>For parameters of handlers.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
