using System.CommandLine;
using System.Globalization;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary><c>edgequeue join</c>: a branch's hub becomes one of head office's, by a code that is read here and typed there.</summary>
internal static class JoinCommand
{
    /// <summary>Between two attempts: head office hears a hub five times a minute.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static Command Create()
    {
        var address = new Argument<string>("HEAD-OFFICE") { Description = "Where 'edgequeue head-office' runs: host or host:port." };
        var branch = new Option<string>("--branch-name") { Description = "This branch's name.", Required = true };
        var folder = new Option<string>("--certificates") { Description = "Where the identity goes: authority.crt, BRANCH.crt and BRANCH.key, and the broker's address. The hub's own folder; nobody else need read it.", Required = true };
        var again = new Option<bool>("--again") { Description = "There is an identity already: ask for another, which takes its place." };
        var command = new TaughtCommand(
            "join",
            """
            On a branch's hub: shows a code, and makes the branch one of head office's when the code is typed there.

            At head office somebody runs 'edgequeue head-office' for that time, and types the code and the branch's name. The key is made here and
            never leaves this machine. Then the hub is started with --cloud and --cloud-certificates, as the last lines say:

              edgequeue join head.example.org --branch-name oslo --certificates /etc/edgequeue/cloud

            Run it as the user of the hub: what it writes is its owner's alone. Ctrl-C ends it; nothing is changed before the code was typed.
            Exit codes: 0 joined, 1 not joined, 2 command line.
            """)
        {
            address, branch, folder, again,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output, errors = parsed.InvocationConfiguration.Error;
            string name = parsed.GetRequiredValue(branch);
            if (HubAddress.Parse(parsed.GetRequiredValue(address)) is not { } whom || BranchCertificates.WhyNotNode(name) is not null)
            {
                await errors.WriteLineAsync(BranchCertificates.WhyNotNode(name) is { } why
                    ? $"edgequeue join: --branch-name {why}."
                    : $"edgequeue join: '{parsed.GetRequiredValue(address)}' is no address: host or host:port, the port being {HubAddress.UsualPort} otherwise.");
                return 2;
            }

            var identity = new BranchIdentity(parsed.GetRequiredValue(folder), name);
            try
            {
                Directory.CreateDirectory(identity.Folder, Folder);
                if (identity.Exists && !parsed.GetValue(again))
                {
                    await errors.WriteLineAsync($"edgequeue join: {identity.Certificate} is there already. For another in its place: --again.");
                    return 1;
                }

                return await RunAsync(whom, identity, output, cancellation);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                await errors.WriteLineAsync($"edgequeue join: {broken.Message}");
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync((string Host, int Port) whom, BranchIdentity identity, TextWriter output, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await new ClaimConversation(
                    key => new ClaimHello(1, key, "hub of " + identity.Branch, [], identity.Branch),
                    code => Say($"At head office, type: {ClaimCode.Readable(code)} {identity.Branch}")).RunAsync(whom.Host, whom.Port, identity.Folder, identity.Keep, cancellation);
                Say($"'{identity.Branch}' is one of head office's branches now. Start its hub with");
                Say($"  --cloud {await File.ReadAllTextAsync(identity.Address, cancellation)}".TrimEnd() + $" --cloud-certificates {identity.Folder}");
                return 0;
            }
            catch (EnrolmentException notYet)
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"Not yet: {notYet.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Tried again in {Pause.TotalSeconds:0} s."));
            }

            await Task.Delay(Pause, cancellation);
        }

        void Say(string line)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
