using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Commands;

/// <summary><c>edgequeue-cloud account …</c>: the first account, and what to do when nobody can sign in any more.</summary>
internal static class AccountCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "What is typed to sign in: 2 to 60 small letters, digits and . _ @ -." };
    private static readonly Option<string> Role = new("--role") { Description = "head-office, region, branch-manager or auditor.", Required = true };
    private static readonly Option<string[]> Region = new("--region") { Description = "A region whose branches it sees; may be given several times." };
    private static readonly Option<string[]> Branch = new("--branch") { Description = "A branch that it sees, by its name in MQTT; may be given several times." };
    private static readonly Option<bool> FromInput = new("--password-stdin") { Description = "Reads the password from the first line of standard input. Without it one is made and printed once." };

    public static Command Make()
    {
        var command = new Command("account", """
            Accounts of people who look at head office's pages. Works beside a running cloud, over the same database.
            Exit codes: 0 done, 1 not possible (the message says why), 3 database, 4 settings.
            """);
        command.Add(Sub("add", "Makes an account.", [Name], [Role, Region, Branch, FromInput], AddAsync));
        command.Add(Sub("list", "All accounts.", [], [], ListAsync));
        command.Add(Sub("password", "Another password; whoever is signed in with the account is signed out.", [Name], [FromInput], PasswordAsync));
        command.Add(Sub("disable", "Nobody signs in with it any more, and whoever is signed in is out.", [Name], [], DisableAsync));
        return command;
    }

    private static Command Sub(string name, string help, Argument[] arguments, Option[] own, Func<ParseResult, Desk, CancellationToken, Task<int>> act)
    {
        var options = new SettingOptions();
        var command = new Command(name, help) { options.Config, options.Database };
        foreach (Argument argument in arguments)
        {
            command.Add(argument);
        }

        foreach (Option option in own)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            if (CloudProgram.Read(parsed.GetValue(options.Config), options.Given(parsed)) is not { } configuration)
            {
                return ExitCode.Settings;
            }

            string setting = (configuration.Get<CloudSettings>() ?? new()).Database;
            if (DatabaseSetting.FaultOf(setting) is { } wrong)
            {
                return await RefuseAsync($"database: {wrong}", ExitCode.Settings);
            }

            await using IDatabase database = DatabaseSetting.Open(setting);
            try
            {
                await new Migrator(database, TimeProvider.System).ApplyAsync(Migration.All, cancellation);
                return await act(parsed, new(new AccountStore(database, TimeProvider.System), new AuditTrail(database, TimeProvider.System)), cancellation);
            }
            catch (Exception fault) when (fault is DbException or MigrationException)
            {
                return await RefuseAsync($"{DatabaseSetting.Named(setting)}: {fault.Message}", ExitCode.Database);
            }
        });
        return command;
    }

    private static async Task<int> AddAsync(ParseResult parsed, Desk desk, CancellationToken cancellation)
    {
        Roles role = RoleWords.Of(parsed.GetValue(Role));
        string[] regions = parsed.GetValue(Region) ?? [];
        string[] branches = parsed.GetValue(Branch) ?? [];
        if (AccountName.Of(parsed.GetValue(Name)) is not { } name)
        {
            return await RefuseAsync("NAME has 2 to 60 small letters, digits and . _ @ -, and begins with a letter or a digit.");
        }

        if (role == Roles.None)
        {
            return await RefuseAsync($"'{parsed.GetValue(Role)}' is not a role: say head-office, region, branch-manager or auditor.");
        }

        if (regions.FirstOrDefault(r => r.Length == 0 || Forms.Region(r) != r) is { } wrong)
        {
            return await RefuseAsync($"'{wrong}' is not the name of a region.");
        }

        (string password, string? fault) = await PasswordOfAsync(parsed, name, cancellation);
        if (fault is not null)
        {
            return await RefuseAsync(fault);
        }

        (long id, AccountFault? refused) = await desk.Accounts.AddAsync(name, role, Passwords.Hash(password), regions, branches, cancellation);
        if (refused is not null)
        {
            return await RefuseAsync(refused.Sentence);
        }

        await desk.Audit.NoteAsync(Actor.Server, Deeds.AccountAdded, $"{SignInPages.Subject(id)}, {RoleWords.Word(role)}", cancellation);
        return await SayAsync(parsed, name, password);
    }

    private static async Task<int> PasswordAsync(ParseResult parsed, Desk desk, CancellationToken cancellation)
    {
        if (await FindAsync(parsed, desk, cancellation) is not { } account)
        {
            return await RefuseAsync($"There is no account '{parsed.GetValue(Name)}'.");
        }

        (string password, string? fault) = await PasswordOfAsync(parsed, account.Name, cancellation);
        if (fault is not null)
        {
            return await RefuseAsync(fault);
        }

        await desk.Audit.NoteAsync(Actor.Server, Deeds.PasswordChanged, SignInPages.Subject(account.Id), cancellation);
        await desk.Accounts.SetPasswordAsync(account.Id, Passwords.Hash(password), cancellation);
        return await SayAsync(parsed, account.Name, password);
    }

    private static async Task<int> DisableAsync(ParseResult parsed, Desk desk, CancellationToken cancellation)
    {
        if (await FindAsync(parsed, desk, cancellation) is not { } account)
        {
            return await RefuseAsync($"There is no account '{parsed.GetValue(Name)}'.");
        }

        (IReadOnlyList<string> regions, IReadOnlyList<string> branches) = await desk.Accounts.ScopeAsync(account.Id, cancellation);
        await desk.Audit.NoteAsync(Actor.Server, Deeds.AccountChanged, $"{SignInPages.Subject(account.Id)}, {account.Role}, disabled", cancellation);
        return await desk.Accounts.ChangeAsync(account.Id, RoleWords.Of(account.Role), true, regions, branches, cancellation) is { } refused
            ? await RefuseAsync(refused.Sentence) : ExitCode.Stopped;
    }

    private static async Task<int> ListAsync(ParseResult parsed, Desk desk, CancellationToken cancellation)
    {
        foreach (AccountRow account in await desk.Accounts.AllAsync(cancellation))
        {
            string state = account.Disabled == 1 ? "disabled" : account.Password.Length == 0 ? "no password yet" : "active";
            string last = account.SignedInAt == 0 ? "never" : DateTime.UnixEpoch.AddMilliseconds(account.SignedInAt).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync($"{account.Name}\t{account.Role}\t{state}\tlast signed in: {last}");
        }

        return ExitCode.Stopped;
    }

    private static Task<AccountRow?> FindAsync(ParseResult parsed, Desk desk, CancellationToken cancellation) =>
        AccountName.Of(parsed.GetValue(Name)) is { } name ? desk.Accounts.FindAsync(name, cancellation) : Task.FromResult<AccountRow?>(null);

    private static async Task<(string Password, string? Fault)> PasswordOfAsync(ParseResult parsed, string name, CancellationToken cancellation)
    {
        if (!parsed.GetValue(FromInput))
        {
            return (Passwords.Make(), null);
        }

        string password = await Console.In.ReadLineAsync(cancellation) ?? "";
        return (password, Passwords.FaultOf(password, name));
    }

    private static async Task<int> SayAsync(ParseResult parsed, string name, string password)
    {
        await Console.Out.WriteLineAsync(parsed.GetValue(FromInput) ? $"The account {name} is ready." : $"The account {name} is ready. Its password, shown this once: {password}");
        return ExitCode.Stopped;
    }

    private static async Task<int> RefuseAsync(string sentence, int code = ExitCode.Found)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }

    private sealed record Desk(AccountStore Accounts, AuditTrail Audit);
}
