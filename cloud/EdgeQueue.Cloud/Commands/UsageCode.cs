using System.CommandLine;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Commands;

internal static class UsageCode
{
    /// <summary>A command line that cannot be understood ends with 2, as the help says; the parser's own would be 1.</summary>
    public static int Of(ParseResult parsed, int code) => parsed.Errors.Count > 0 && code == ExitCode.Found ? ExitCode.Usage : code;
}
