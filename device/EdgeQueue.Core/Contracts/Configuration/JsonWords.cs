using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>What is wrong with a text that is no JSON, without what .NET adds for those who program it: its options, and a line counted from 0.</summary>
internal static class JsonWords
{
    private static readonly string[] ForProgrammers =
        [" Change the reader options.", " in this mode", ", when isFinalBlock is true", " Expected the input to start with a valid JSON token."];

    public static string Of(JsonException broken)
    {
        var words = broken.Message;
        foreach (var place in (string[])[" Path: ", " LineNumber: "])
        {
            words = words.IndexOf(place, StringComparison.Ordinal) is >= 0 and var at ? words[..at] : words;
        }

        foreach (var some in ForProgrammers)
        {
            words = words.Replace(some, "", StringComparison.Ordinal);
        }

        words = words.Trim();
        return words.EndsWith('.') ? words : words + ".";
    }
}
