using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Coming in and going out.</summary>
internal sealed class SignInPages(AccountStore accounts, Sessions sessions, SessionCookie cookie, SignInThrottle throttle, PasswordWork work, AuditTrail audit)
{
    public async Task<IResult> ShowAsync(HttpContext context) =>
        await accounts.AnyAsync(context.RequestAborted) ? Form(context.Request.Query["to"], "", null) : NoAccounts();

    public async Task<IResult> EnterAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string typed = form["name"].ToString();
        string to = form["to"].ToString();
        string name = AccountName.Of(typed) ?? "";
        AccountRow? account = name.Length == 0 ? null : await accounts.FindAsync(name, context.RequestAborted);
        (SignInThrottle.Try? counted, long wait) = await throttle.CountAsync(name, account?.Id ?? 0, ClientAddress.Bucket(context), context.RequestAborted);
        if (counted is null)
        {
            long seconds = (wait + 999) / 1000;
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Form(to, name, string.Create(CultureInfo.InvariantCulture, $"Too many tries. Wait {(seconds < 90 ? $"{seconds} seconds" : $"{(seconds + 59) / 60} minutes")} and try again."), 429);
        }

        if (await work.FitsAsync(form["password"].ToString(), account?.Password, context.RequestAborted) is not { } fits)
        {
            context.Response.Headers.RetryAfter = "5";
            return Form(to, name, "Many people sign in just now. Try again in a moment.", 503);
        }

        if (!fits || account is null || account.Disabled == 1)
        {
            await audit.FailedAsync(Actor.Of(context), ClientAddress.Bucket(context), account is null ? "no such account" : Subject(account.Id), context.RequestAborted);
            return Form(to, name, "The name or the password is not right.", 401);
        }

        await throttle.SucceededAsync(counted, context.RequestAborted);
        await BeginAsync(account, context);
        return SeeOther(context, LocalPath.Of(to) ?? "/");
    }

    public async Task<IResult> LeaveAsync(SignedIn who, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.SignOut, Subject(who.Account));
        await sessions.EndAsync(who, context.RequestAborted);
        cookie.Clear(context);
        return SeeOther(context, "/sign-in");
    }

    /// <summary>What a link to choose a password leads to.</summary>
    public async Task<IResult> LinkAsync(string secret, HttpContext context) =>
        Secret.Of(secret) is { } link && await accounts.OfLinkAsync(link, context.RequestAborted) is { } account ? Choose(link, account, null) : LinkOver();

    public async Task<IResult> ChooseAsync(string secret, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        if (Secret.Of(secret) is not { } link || await accounts.OfLinkAsync(link, context.RequestAborted) is not { } account)
        {
            return LinkOver();
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (ChosenFault(form, account.Name) is { } fault)
        {
            return Choose(link, account, fault);
        }

        if (await work.HashAsync(form["password"].ToString(), context.RequestAborted) is not { } hash)
        {
            return Choose(link, account, "Many people sign in just now. Try again in a moment.", 503);
        }

        await audit.NoteAsync(context, Deeds.PasswordChanged, Subject(account.Id));
        if (await accounts.ChooseAsync(link, hash, context.RequestAborted) is null)
        {
            return LinkOver();
        }

        await BeginAsync(account, context);
        return SeeOther(context, "/");
    }

    /// <summary>Somebody's own account.</summary>
    public static Page Own(SignedIn who, string? fault = null, bool done = false) => new("Your account", Html.Of($"""
        <h1>Your account</h1>
        {Html.When(done, $"<p class=\"notice good\" role=\"status\">The password was changed. Everywhere else you are signed out.</p>")}
        {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
        <div class="grid"><section class="card"><h2>{who.Name} <span class="pill">{RoleWords.Title(who.Role)}</span></h2>
        <p class="quiet">{(who.Sees.IsAll ? "You see all branches." : who.Sees.Regions.Length > 0 ? $"You see the branches of {string.Join(", ", who.Sees.Regions)}{(who.Sees.Branches.Length > 0 ? " and some more" : "")}." : "You see the branches that head office gave you.")}</p>
        <form class="may" method="post" action="/sign-out"><button class="plain">Sign out</button></form></section>
        <section class="card"><h2>Another password</h2><form class="may" method="post" action="/account">
        <label>The password of now<input name="old" type="password" autocomplete="current-password" required maxlength="{Passwords.Longest}"></label>
        {NewPassword()}
        <button>Change it</button></form></section></div>
        """), Place: "/account", Status: fault is null ? 200 : 422);

    public async Task<IResult> ChangeAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await accounts.FindAsync(who.Account, context.RequestAborted) is not { } account || ChosenFault(form, who.Name) is { } fault)
        {
            return Own(who, ChosenFault(form, who.Name));
        }

        // Whoever finds a screen that was left signed in gets no more guesses than a stranger.
        (SignInThrottle.Try? counted, _) = await throttle.CountAsync(who.Name, who.Account, ClientAddress.Bucket(context), context.RequestAborted);
        if (counted is null)
        {
            return Own(who, "Too many tries. Wait a moment and try again.");
        }

        if (await work.FitsAsync(form["old"].ToString(), account.Password, context.RequestAborted) is not true)
        {
            await audit.FailedAsync(Actor.Of(context), ClientAddress.Bucket(context), Subject(who.Account), context.RequestAborted);
            return Own(who, "The password of now is not right.");
        }

        await throttle.SucceededAsync(counted, context.RequestAborted);
        if (await work.HashAsync(form["password"].ToString(), context.RequestAborted) is not { } hash)
        {
            return Own(who, "Many people sign in just now. Try again in a moment.");
        }

        await audit.NoteAsync(context, Deeds.PasswordChanged, Subject(who.Account));
        await accounts.SetPasswordAsync(who.Account, hash, context.RequestAborted);
        cookie.Write(context, await sessions.BeginAsync(who.Account, ClientAddress.Bucket(context), context.RequestAborted));
        return Own(who, done: true);
    }

    public static string Subject(long account) => string.Create(CultureInfo.InvariantCulture, $"account {account}");

    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task BeginAsync(AccountRow account, HttpContext context)
    {
        await audit.NoteAsync(Actor.Of(context) with { Account = account.Id }, Deeds.SignIn, Subject(account.Id), context.RequestAborted);
        // Always a new secret: one that somebody has put into the browser before is worth nothing.
        cookie.Write(context, await sessions.BeginAsync(account.Id, ClientAddress.Bucket(context), context.RequestAborted));
    }

    private static string? ChosenFault(IFormCollection form, string name)
    {
        string password = form["password"].ToString();
        return Passwords.FaultOf(password, name) ?? (password == form["again"].ToString() ? null : "The two passwords are not the same.");
    }

    private static Html NewPassword() => Html.Of($"""
        <label>New password<input name="password" type="password" autocomplete="new-password" required minlength="{Passwords.Shortest}" maxlength="{Passwords.Longest}"><span class="hint">At least {Passwords.Shortest} characters; a few words with spaces are good.</span></label>
        <label>The same again<input name="again" type="password" autocomplete="new-password" required maxlength="{Passwords.Longest}"></label>
        """);

    private static Page Form(string? to, string name, string? fault, int status = 200) => new("Sign in", Html.Of($"""
        <section class="card signin"><p class="brand"><span class="mark" aria-hidden="true"></span>EdgeQueue</p><h1>Sign in</h1>
        {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
        <form method="post" action="/sign-in">{Html.When(LocalPath.Of(to) is not null, $"<input type=\"hidden\" name=\"to\" value=\"{to}\">")}
        <label>Name<input name="name" value="{name}" autocomplete="username" required maxlength="{AccountName.Longest}" autocapitalize="none" spellcheck="false"{Html.When(name.Length == 0, $" autofocus")}></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required maxlength="{Passwords.Longest}"{Html.When(name.Length > 0, $" autofocus")}></label>
        <button>Sign in</button></form></section>
        """), Audience.Customer, Status: status);

    private static Page NoAccounts() => new("Sign in", Html.Of($"""
        <section class="card signin"><p class="brand"><span class="mark" aria-hidden="true"></span>EdgeQueue</p><h1>Nobody has an account yet</h1>
        <p>Make the first one on the server; it prints the password once:</p>
        <p><code>edgequeue-cloud account add NAME --role head-office</code></p>
        <p class="quiet">It needs the same <code>--config</code> or <code>--database</code> as the cloud itself.</p></section>
        """), Audience.Customer);

    private static Page Choose(Secret link, AccountRow account, string? fault, int status = 422) => new("Choose a password", Html.Of($"""
        <section class="card signin"><p class="brand"><span class="mark" aria-hidden="true"></span>EdgeQueue</p><h1>Choose a password</h1>
        <p class="quiet">For the account <b>{account.Name}</b>. This link works once.</p>
        {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
        <form method="post" action="/sign-in/link/{link.Text}"><input type="hidden" name="name" value="{account.Name}" autocomplete="username">
        {NewPassword()}
        <button>Choose and sign in</button></form></section>
        """), Audience.Customer, Status: fault is null ? 200 : status);

    private static Page LinkOver() => Page.Message(404, "This link is no more", "It was used, is too old, or is not complete. Ask head office for another one.");
}
