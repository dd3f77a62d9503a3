using System.CommandLine;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue pin</c>: the hash of an operator's PIN. The PIN comes from the input: a command line is seen by everybody.</summary>
internal static class PinCommand
{
    private static readonly Option<string?> Branch = new("--branch")
    {
        Description = "The branch that the operator joins: its salt is used, and a PIN that somebody has already is refused.",
    };

    /// <param name="input">Null: the console.</param>
    public static Command Create(TextReader? input = null)
    {
        var command = new Command("pin", "Reads a PIN of 4 to 8 digits from the input and prints its hash for 'pinHash'.") { Branch };
        command.SetAction(parsed =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            var file = parsed.GetValue(Branch);
            var branch = file is null ? null : BranchFile.Load(file, errors);
            return file is not null && branch is null ? 1 : Run(branch, ReadPin(input, errors), parsed.InvocationConfiguration.Output, errors);
        });
        return command;
    }

    private static int Run(LoadedBranch? branch, string pin, TextWriter output, TextWriter errors)
    {
        if (PinHash.FaultOf(pin) is { } fault)
        {
            errors.WriteLine($"edgequeue pin: {fault}");
            return 1;
        }

        if (branch?.OperatorTyping(pin) is { } other)
        {
            errors.WriteLine($"edgequeue pin: operator '{other.Id}' types this already. Choose another PIN.");
            return 1;
        }

        var known = branch?.Configuration.Operators.Select(o => o.PinHash is { } hash ? PinHash.SaltOf(hash) : null).FirstOrDefault(s => s is not null);
        var (salt, iterations) = known ?? (RandomNumberGenerator.GetBytes(PinHash.SaltLength), PinHash.Iterations);
        output.WriteLine(PinHash.Of(pin, salt, iterations));
        return 0;
    }

    /// <summary>One line of the input; from a terminal without showing it.</summary>
    private static string ReadPin(TextReader? input, TextWriter errors)
    {
        if (input is not null || Console.IsInputRedirected)
        {
            return ((input ?? Console.In).ReadLine() ?? "").Trim();
        }

        errors.Write("PIN: ");
        var typed = "";
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            typed = key.Key == ConsoleKey.Backspace ? typed[..^Math.Min(1, typed.Length)] : typed + key.KeyChar;
        }

        errors.WriteLine();
        return typed;
    }
}
