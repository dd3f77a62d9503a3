using System.Text.RegularExpressions;

namespace EdgeQueue.Tool.Commands;

/// <summary>What the parser of command lines says of a value, in words for whoever typed it and not in the names of .NET's types.</summary>
internal static partial class WrongWords
{
    public static string Said(string text) => Unread().Replace(text, found =>
        $"{found.Groups["option"].Value} is {(found.Groups["type"].Value is "Double" or "Single" or "Decimal" ? "a number" : "a whole number")}, not '{found.Groups["value"].Value}'.");

    [GeneratedRegex(@"Cannot parse argument '(?<value>[^\n]*)' for (option|argument|command) '(?<option>[^'\n]+)' as expected type '(System\.Nullable`1\[)?System\.(?<type>Int32|Int64|Double|Single|Decimal)\]?'\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Unread();
}
