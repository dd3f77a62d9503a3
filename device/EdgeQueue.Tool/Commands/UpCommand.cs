using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue up</c>: a whole branch on this machine, with a page that plays its devices.</summary>
internal static class UpCommand
{
    private const string Demonstration = "examples/branch/branch.json";

    private const string Name = "up";

    private const int LastPort = 65_533;

    private static readonly Option<string> Branch = new("--branch")
    {
        Description = "The branch configuration.",
        DefaultValueFactory = _ => Demonstration,
    };

    private static readonly Option<string?> Dir = new("--dir")
    {
        Description = "Folder for journal, certificates and logs; kept. Without it a temporary one, removed at the end.",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The panel's port; the hub's status page is on the next one, the cloud on the one after.", DefaultValueFactory = _ => 8080,
    };

    private static readonly Option<string> Hub = new Option<string>("--hub") { Description = "The hub's executable.", Required = true }.ThatExists();

    private static readonly Option<string> Node = new Option<string>("--node") { Description = "The node's executable.", Required = true }.ThatExists();

    private static readonly Option<string> Panel = new Option<string>("--panel") { Description = "The panel's executable.", Required = true }.ThatExists();

    private static readonly Option<string?> Cloud = new Option<string?>("--cloud") { Description = "The cloud's executable. Without it the branch has no cloud; with it one is started, with a database of its own." }.ThatExists();

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Press a button, call the ticket, look at light, paper and sound, stop; exit 0 or 1.",
    };

    private static readonly Option<string> Pin = new("--pin")
    {
        Description = "With --check: PIN of an operator of a demonstration branch.", DefaultValueFactory = _ => "1111",
    };

    /// <summary>
    /// How long after SIGTERM or Ctrl-C the program may still run. <c>up</c> ends its programs one after the other, each within five
    /// seconds: who ends it earlier leaves them running without anybody who knows of them.
    /// </summary>
    public static TimeSpan TimeToEnd(ParseResult parsed) => parsed.CommandResult.Command.Name == Name ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(2);

    static UpCommand() => Port.Validators.Add(found =>
    {
        // Only what was typed: a validator sees no default.
        foreach (Token token in found.Tokens.Where(t => int.TryParse(t.Value, CultureInfo.InvariantCulture, out int port) && port is < 1 or > LastPort))
        {
            found.AddError(string.Create(CultureInfo.InvariantCulture, $"--port {token.Value}: use 1 to {LastPort}; the two ports after it are used, too."));
        }
    });

    public static Command Create()
    {
        var command = new Command(
            Name, "Starts a branch without hardware on this machine: mosquitto, the hub, a node for each unit, and the panel. Ctrl-C stops it.")
        {
            Branch, Dir, Port, Hub, Node, Panel, Cloud, Check, Pin,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            var given = parsed.GetValue(Dir);
            var folder = given ?? Path.Combine(Path.GetTempPath(), $"edgequeue-{Environment.ProcessId}");
            var check = parsed.GetValue(Check);
            var port = parsed.GetValue(Port);
            try
            {
                var options = new StageOptions(
                    parsed.GetValue(Branch)!, folder, Path.GetFullPath(parsed.GetRequiredValue(Hub)), Path.GetFullPath(parsed.GetRequiredValue(Node)),
                    Path.GetFullPath(parsed.GetRequiredValue(Panel)), check ? 0 : port, check ? 0 : port + 1)
                {
                    Cloud = parsed.GetValue(Cloud) is { } cloud ? Path.GetFullPath(cloud) : null,
                    CloudPort = check ? 0 : port + 2,
                    Bookings = (branch, key) => DemonstrationBookings.Of(branch, key, TimeProvider.System.GetUtcNow()),
                };
                return await RunAsync(options, check, parsed.GetValue(Pin)!, parsed.InvocationConfiguration.Output, cancellation);
            }
            catch (Exception wrong) when (wrong is StageException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine(wrong is StageException ? wrong.Message : $"The branch cannot be prepared in {folder}: {wrong.Message} Choose another folder with --dir.");
                return 1;
            }
            finally
            {
                if (given is null && Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }

    private static string Bookings(BranchStage stage) => stage.Branch.Configuration.CheckIn is null
        ? ""
        : $"Check in with {DemonstrationBookings.Number}, the phone number {DemonstrationBookings.Phone} or the code {DemonstrationBookings.Code}.";

    private static string CloudPages(BranchStage stage) => stage.CloudUrl is not { } cloud ? "" :
        $"""
          The cloud       {cloud}   head office sees all branches{(stage.CloudAccount is { } office ? $"; sign in as {office.Name} with {office.Password}" : "")}
          From outside    {cloud}book, {cloud}join/{stage.Branch.Configuration.Branch}   book a time; take a ticket without paper
          Messages        {cloud}sms/shown   no SMS leaves this machine: what would have been sent, and a phone to write with

        """;

    /// <summary>Of the demonstration only: whoever has written a branch knows its PINs.</summary>
    private static string Pins(StageOptions options) =>
        Path.GetFullPath(options.BranchFile) == Path.GetFullPath(Demonstration) ? "Operators’ PINs are in examples/branch/README.md (1111 opens a counter). " : "";

    private static async Task<int> RunAsync(StageOptions options, bool check, string pin, TextWriter console, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        await using var stage = new BranchStage(options, console);
        stage.Prepare();
        console.WriteLine($"Starting {stage.Processes.Count} programs …");
        try
        {
            await stage.StartAsync(cancellation);
            await stage.CompleteAsync(cancellation);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Ready after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
            if (check)
            {
                await using var panel = new PanelClient(stage.PanelUrl!);
                return await new StageCheck(panel, pin, console, stage is { CloudUrl: { } cloud, CloudAccount: { } who } ? (new Uri(cloud, $"network/{stage.Branch.Configuration.Branch}"), who) : null).RunAsync(cancellation) ? 0 : 1;
            }

            console.WriteLine(
                $"""

                  The panel       {stage.PanelUrl}   press the buttons, see the lights, hear the calls
                  The hub         {stage.HubUrl}   who waits, who is called and why
                {CloudPages(stage)}  Everything else {stage.Folder}   journal, logs, certificates

                {Pins(options)}{Bookings(stage)}
                Ctrl-C stops everything.
                """);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            console.WriteLine("Stopping …");
        }

        return 0;
    }
}
