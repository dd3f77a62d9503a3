using System.CommandLine;
using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Play;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue play</c>: presses the keys of a running branch as a recorded day says.</summary>
internal static class PlayCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = $"The day, CSV with the header {DayFile.Header}; device/EdgeQueue.Tool/README.md explains it.",
    };

    private static readonly Option<string> Dir = new("--stage")
    {
        Description = "Folder of the running branch: what 'edgequeue up' or ./run was given as --dir.", Required = true,
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "So many times faster than the day was; from 0.1 to 1000.", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Walk = new("--walk")
    {
        Description = "Seconds from a call until the customer is at the counter.", DefaultValueFactory = _ => 10,
    };

    private static readonly Option<string?> PinFile = new("--pins")
    {
        Description = "A line per counter: its id, a space, its operator's PIN. Without it, the PINs of the demonstration in examples/branch.",
    };

    public static Command Create()
    {
        var command = new Command("play", "Plays a recorded day in a running branch: presses the dispensers' buttons and the counters' keys. Ctrl-C stops it.")
        {
            File, Dir, Speed, Walk, PinFile,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            var (speed, walk) = (parsed.GetValue(Speed), parsed.GetValue(Walk));
            if (speed is not (>= 0.1 and <= 1000) || walk is not (>= 0 and <= 3600))
            {
                errors.WriteLine("--speed is from 0.1 to 1000, --walk from 0 to 3600 seconds.");
                return 2;
            }

            try
            {
                var folder = Path.GetFullPath(parsed.GetRequiredValue(Dir));
                return Options(parsed.GetRequiredValue(File), folder, parsed.GetValue(PinFile), speed, TimeSpan.FromSeconds(walk), errors) is { } options
                    ? await RunAsync(options, parsed.InvocationConfiguration.Output, cancellation)
                    : 2;
            }
            catch (Exception wrong) when (wrong is StageException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine(wrong.Message);
                return 1;
            }
        });
        return command;
    }

    private static PlayOptions? Options(string file, string folder, string? pinFile, double speed, TimeSpan walk, TextWriter errors)
    {
        _ = StageFile.Read(folder);
        if (BranchFile.Load(Path.Combine(folder, "branch.json"), errors) is not { } branch)
        {
            return null;
        }

        using var text = System.IO.File.OpenText(file);
        var (day, faults) = DayFile.Read(text);
        Tell(file, [.. faults, .. DayPlayer.Faults(branch, day)]);
        IReadOnlyDictionary<string, string> pins;
        if (pinFile is null)
        {
            pins = Pins.OfDemonstration(branch);
        }
        else
        {
            using var pinText = System.IO.File.OpenText(pinFile);
            (pins, var wrong) = Pins.Read(pinText, branch);
            Tell(pinFile, wrong);
            faults = [.. faults, .. wrong];
        }

        return faults.Count == 0 && DayPlayer.Faults(branch, day).Count == 0 ? new PlayOptions(folder, branch, day, pins, speed, walk) : null;

        void Tell(string which, IReadOnlyList<string> all)
        {
            foreach (var fault in all)
            {
                errors.WriteLine($"{which}: {fault}");
            }
        }
    }

    /// <returns>0: everybody got a ticket; 1: somebody did not, or the play was stopped.</returns>
    private static async Task<int> RunAsync(PlayOptions options, TextWriter console, CancellationToken cancellation)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Day.Count} customers at {options.Pins.Count} counters, {options.Speed} times faster than they came. Ctrl-C stops the play; the branch goes on."));
        var customers = await new DayPlayer(options, console, TimeProvider.System).RunAsync(cancellation);
        console.WriteLine();
        foreach (var line in PlayTable.Lines(options.Branch, customers))
        {
            console.WriteLine(line);
        }

        return customers.All(c => c.State is CustomerState.Served or CustomerState.Left) ? 0 : 1;
    }
}
