using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Head office's page of accounts.</summary>
internal sealed class AccountPages(AccountStore accounts, AuditTrail audit, AccountsSettings settings, CloudSettings cloud)
{
    private const int MostShown = 500;

    public Task<Page> ShowAsync(SignedIn who, HttpContext context) => ListAsync(who, context, null, new("", Roles.None, "", ""));

    public async Task<IResult> AddAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        Roles role = RoleWords.Of(form["role"]);
        var typed = new Typed(form["name"].ToString(), role, form["regions"].ToString(), form["branches"].ToString());
        string? name = AccountName.Of(typed.Name);
        string? fault = name is null ? "A name has 2 to 60 small letters, digits and . _ @ -, and begins with a letter or a digit."
            : role == Roles.None ? "Choose a role." : ScopeFault(typed);
        if (fault is not null)
        {
            return await ListAsync(who, context, fault, typed);
        }

        (long id, AccountFault? refused) = await accounts.AddAsync(name!, role, "", Forms.Lines(typed.Regions), Forms.Lines(typed.Branches), context.RequestAborted);
        if (refused is not null)
        {
            return await ListAsync(who, context, refused.Sentence, typed);
        }

        await audit.NoteAsync(context, Deeds.AccountAdded, $"{SignInPages.Subject(id)}, {RoleWords.Word(role)}");
        return await LinkAsync(id, who, context);
    }

    /// <summary>A new link to choose a password, shown this once.</summary>
    public async Task<IResult> LinkAsync(long id, SignedIn who, HttpContext context)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is not { Disabled: 0 } account)
        {
            return Gone();
        }

        await audit.NoteAsync(context, Deeds.LinkMade, SignInPages.Subject(id));
        Secret link = await accounts.LinkAsync(id, TimeSpan.FromHours(settings.LinkHours), context.RequestAborted);
        return new Page("A link to choose a password", Html.Of($"""
            <p class="small"><a href="/accounts">← All accounts</a></p>
            <h1>A link for {account.Name}</h1>
            <section class="card"><p>Give it to them on a way that nobody else reads. It works once, for {settings.LinkHours} hours, and is not shown again.</p>
            <p><code class="once">{cloud.PublicUrl}/sign-in/link/{link.Text}</code></p>
            <p class="quiet small">Until it is used, a password that they have goes on working.</p></section>
            """), Place: "/accounts");
    }

    public async Task<IResult> OneAsync(long id, SignedIn who, HttpContext context) =>
        await accounts.FindAsync(id, context.RequestAborted) is { } account ? await OneAsync(account, who, null, context) : Gone();

    public async Task<IResult> ChangeAsync(long id, SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        if (await accounts.FindAsync(id, context.RequestAborted) is not { } account)
        {
            return Gone();
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        Roles role = RoleWords.Of(form["role"]);
        var typed = new Typed(account.Name, role, form["regions"].ToString(), form["branches"].ToString());
        bool disabled = form["disabled"] == "yes";
        if ((role == Roles.None ? "Choose a role." : ScopeFault(typed)) is { } fault)
        {
            return await OneAsync(account, who, fault, context);
        }

        await audit.NoteAsync(context, Deeds.AccountChanged, $"{SignInPages.Subject(id)}, {RoleWords.Word(role)}{(disabled ? ", disabled" : "")}");
        return await accounts.ChangeAsync(id, role, disabled, Forms.Lines(typed.Regions), Forms.Lines(typed.Branches), context.RequestAborted) is { } refused
            ? await OneAsync(account, who, refused.Sentence, context)
            : SignInPages.SeeOther(context, "/accounts");
    }

    private async Task<Page> ListAsync(SignedIn who, HttpContext context, string? fault, Typed typed)
    {
        IReadOnlyList<AccountRow> all = await accounts.AllAsync(context.RequestAborted);
        return new Page("Accounts", Html.Of($"""
            <h1>Accounts</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Name<th scope="col">Role<th scope="col">State<th scope="col" class="n wide">Last signed in<th scope="col" class="n wide">Since</tr></thead><tbody>
            {all.Take(MostShown).Select(a => Html.Of($"""<tr><td><a href="/accounts/{a.Id}"><b>{a.Name}</b></a>{Html.When(a.Id == who.Account, $" <span class=\"quiet small\">you</span>")}<td>{RoleWords.Title(RoleWords.Of(a.Role))}<td>{State(a)}<td class="n wide quiet">{(a.SignedInAt == 0 ? "never" : At(a.SignedInAt))}<td class="n wide quiet">{At(a.MadeAt)}</tr>"""))}
            </tbody></table></div>{Html.When(all.Count > MostShown, $"<p class=\"quiet small\">And {all.Count - MostShown} more.</p>")}</section>
            {Html.When(who.IsHeadOffice, $"""
            <section class="card"><h2>Another account</h2><form method="post" action="/accounts">
            <div class="grid"><label>Name<input name="name" value="{typed.Name}" required maxlength="{AccountName.Longest}" autocomplete="off" autocapitalize="none" spellcheck="false"><span class="hint">What they sign in with.</span></label>
            {RoleAndScope(typed)}</div>
            <div><button>Make it, and a link to choose a password</button></div></form></section>
            """)}
            """), Place: "/accounts", Status: fault is null ? 200 : 422);
    }

    private async Task<Page> OneAsync(AccountRow account, SignedIn who, string? fault, HttpContext context)
    {
        (IReadOnlyList<string> regions, IReadOnlyList<string> branches) = await accounts.ScopeAsync(account.Id, context.RequestAborted);
        var typed = new Typed(account.Name, RoleWords.Of(account.Role), string.Join('\n', regions), string.Join('\n', branches));
        return new Page(account.Name, Html.Of($"""
            <p class="small"><a href="/accounts">← All accounts</a></p>
            <h1>{account.Name} {State(account)}</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            {(who.IsHeadOffice ? Html.Of($"""
            <section class="card"><form method="post" action="/accounts/{account.Id}"><div class="grid">{RoleAndScope(typed)}</div>
            <label class="check"><input type="checkbox" name="disabled" value="yes"{Html.When(account.Disabled == 1, $" checked")}><span>Disabled: nobody signs in with it. What it did stays in the audit trail.</span></label>
            <p class="quiet small">Whoever is signed in with it is signed out by a change.</p>
            <div class="actions"><button>Save</button>{Html.When(account.Disabled == 0, $"<button class=\"plain\" formaction=\"/accounts/{account.Id}/link\" formnovalidate>A link to choose another password</button>")}</div></form></section>
            """) : Html.Of($"""
            <section class="card"><p>{RoleWords.Title(typed.Role)}{Html.When(regions.Count > 0, $", regions {string.Join(", ", regions)}")}{Html.When(branches.Count > 0, $", branches {string.Join(", ", branches)}")}</p></section>
            """))}
            <p class="small"><a href="/audit?account={account.Name}">What was done with it</a></p>
            """), Place: "/accounts", Status: fault is null ? 200 : 422);
    }

    private static Html RoleAndScope(Typed typed) => Html.Of($"""
        <label>Role<select name="role">{RoleWords.Every.Select(r => Html.Of($"<option value=\"{r.Word}\"{Html.When(r.Role == typed.Role, $" selected")}>{r.Title}</option>"))}</select><span class="hint">Head office changes everything, an auditor looks at everything.</span></label>
        <label>Regions<textarea name="regions" rows="2" maxlength="10000">{typed.Regions}</textarea><span class="hint">For the role Region, one a line.</span></label>
        <label>Branches<textarea name="branches" rows="2" maxlength="30000">{typed.Branches}</textarea><span class="hint">For branch managers: names as in the address of the branch's page, one a line.</span></label>
        """);

    private static string? ScopeFault(Typed typed)
    {
        IReadOnlyList<string> regions = Forms.Lines(typed.Regions);
        return regions.FirstOrDefault(r => Forms.Region(r) != r) is { } wrong ? $"'{wrong}' is not the name of a region."
            : typed.Role == Roles.Region && regions.Count == 0 ? "An account of the role Region needs a region."
            : typed.Role == Roles.BranchManager && Forms.Lines(typed.Branches).Count == 0 ? "A branch manager needs a branch."
            : null;
    }

    private static Html State(AccountRow account) =>
        account.Disabled == 1 ? Html.Of($"<span class=\"pill off\">disabled</span>")
        : account.Password.Length == 0 ? Html.Of($"<span class=\"pill warn\">no password</span>")
        : Html.Of($"<span class=\"pill\">active</span>");

    private static Page Gone() => Page.Message(404, "No such account", "It was never there, or it is disabled.", Audience.HeadOffice);

    private static string At(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed record Typed(string Name, Roles Role, string Regions, string Branches);
}
