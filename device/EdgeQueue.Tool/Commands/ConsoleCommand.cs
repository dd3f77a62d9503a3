using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Locking;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue console lock|unlock</c>: what a screen locker calls, so that a locked screen is a paused counter.</summary>
internal static class ConsoleCommand
{
    /// <summary>Not known what became of it.</summary>
    private const int NotKnown = 3;

    private static readonly Option<FileInfo> Config = new Option<FileInfo>("--config")
    {
        Description = "The console's file, as 'edgequeue configure' wrote it.", Required = true,
    }.ThatExists();

    private static readonly Option<int> Wanted = new("--wanted")
    {
        Description = "So many seconds it is tried while hub or broker is away, 1 to 600.", DefaultValueFactory = _ => 60,
    };

    public static Command Create()
    {
        var command = new Command("console", "Tells the hub that an operator's console was locked or unlocked: the counter pauses, and goes on.");
        foreach (var (name, locked, what) in new[]
        {
            ("lock", true, "Pauses the counter; when a customer is there, as soon as they have left."),
            ("unlock", false, "Ends the pause that 'lock' began, and no other."),
        })
        {
            var sub = new Command(name, what) { Config, Wanted };
            sub.SetAction((parsed, cancellation) => RunAsync(
                parsed.GetRequiredValue(Config).FullName, locked, parsed.GetValue(Wanted), parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error, cancellation));
            command.Add(sub);
        }

        return command;
    }

    private static async Task<int> RunAsync(
        string path, bool locked, int wanted, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (wanted is < 1 or > 600)
        {
            errors.WriteLine($"edgequeue console: --wanted {wanted} is out of range: use 1 to 600 seconds.");
            return 1;
        }

        try
        {
            if (UnitFile.Read(path, out var fault) is not { } file)
            {
                errors.WriteLine($"edgequeue console: {path}: {fault}");
                return 1;
            }

            if (file.Unit.Console is not { } console)
            {
                errors.WriteLine($"edgequeue console: {path} is the file of a {file.Unit.Role}. Give the branch a unit with a 'console', and take its file.");
                return 1;
            }

            var way = new ConsoleSwitch(file, TimeProvider.System);
            return await way.TellAsync(locked, TimeSpan.FromSeconds(wanted), cancellation) switch
            {
                { Refusal: null } => Said(output, $"counter {console.Counter}: {(locked ? "locked" : "unlocked")}", 0),
                { Refusal: { } refusal } => Said(errors, $"edgequeue console: counter {console.Counter}: {refusal.Sentence}", 2),
                null when way.Forbidden => Said(errors, $"edgequeue console: counter {console.Counter}: {way.Trouble}.", 2),
                null => Said(errors, $"edgequeue console: counter {console.Counter}: {way.Trouble ?? "the hub has not answered"}; what became of it is not known.", NotKnown),
            };
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Said(errors, $"edgequeue console: {broken.Message}", 1);
        }
    }

    private static int Said(TextWriter to, string sentence, int code)
    {
        to.WriteLine(sentence);
        return code;
    }
}
