using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EdgeQueue.Tool.Commands;

/// <summary>A command with more to say than a line: the list of commands has the first paragraph, its own help has all.</summary>
/// <param name="manual">Paragraphs, the first of them one line.</param>
internal sealed class TaughtCommand(string name, string manual) : Command(name, manual.Split("\n\n", 2)[0])
{
    public string Manual { get; } = manual;
}

/// <summary>Help, with the whole manual of the one command that it is about.</summary>
internal sealed class ManualAction(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is TaughtCommand command)
        {
            command.Description = command.Manual;
        }

        return help.Invoke(parseResult);
    }
}
