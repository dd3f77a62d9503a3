using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeQueue.Tool.Commands;

/// <summary>A file that a command reads is looked for before anything is done, and the sentence says what the file should be.</summary>
internal static class InputFile
{
    public static Option<T> ThatExists<T>(this Option<T> option)
    {
        option.Validators.Add(found => Look(found, option.Name, option.Description));
        return option;
    }

    public static Argument<T> ThatExists<T>(this Argument<T> argument)
    {
        argument.Validators.Add(found => Look(found, argument.Name, argument.Description));
        return argument;
    }

    private static void Look(SymbolResult found, string name, string? what)
    {
        foreach (Token token in found.Tokens.Where(t => !Path.Exists(t.Value)))
        {
            found.AddError($"{name}: there is no file '{token.Value}'. Wanted: {what}");
        }
    }
}
