using System.Globalization;
using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// What is wrong with a text that is no JSON, or not the JSON that is wanted, in words for whoever wrote it. .NET tells it for those who
/// program it, and its exception has nothing else to go by than its sentence: a test holds each of them, and one that is not known here is
/// told without detail.
/// </summary>
public static class JsonWords
{
    private const string Open = "the text ends before everything is closed. Add the '}' or ']' that is missing.";
    private const string Unknown = "something here is not written as JSON is.";

    /// <summary>What stands in .NET's sentence, and ours. <c>{0}</c> is the character that is in the way.</summary>
    private static readonly (string Theirs, string Ours)[] Sentences =
    [
        ("does not contain any JSON tokens", "there is nothing in it."),
        ("JSON object contains a trailing comma", "there is a comma behind the last property. Take it away."),
        ("JSON array contains a trailing comma", "there is a comma behind the last item of the list. Take it away."),
        ("Expected depth to be zero", Open),
        ("Expected end of string", "a text is not closed. Add its second '\"'."),
        ("is invalid within a JSON string", "{0} cannot stand in a text as it is. Close the text with '\"' before it, or write \\n for a new line, \\t for a tab."),
        ("is an invalid escapable character", "behind the '\\' in a text, {0} means nothing. Write \\\\ for a '\\' itself."),
        ("is not a hex digit", "behind \\u in a text stand four digits, 0 to 9 and a to f; here is {0}."),
        ("is an invalid start of a property name", "a name is missing, and here is {0}. Names stand in double quotes, as in \"id\": …"),
        ("is invalid after a property name", "behind a name there must be ':', and here is {0}."),
        ("Expected start of a property name", "the text ends where a name or a value is missing."),
        ("Expected a value, but instead", "the text ends where a value is missing."),
        ("is invalid after a value", "behind a value there must be ',', or the '}' or ']' of what it is in; here is {0}. Perhaps a comma is missing."),
        ("is invalid after a single JSON value", "behind the end of everything there is still {0}. Take it away, or look for a bracket too many."),
        ("is invalid without a matching open", "{0} closes nothing that is open here. Objects are { … }, lists are [ … ]."),
        ("Expected the literal", "this is no value. Without quotes there are only true, false, null and numbers."),
        ("leading zero", "a number does not begin with 0, unless it is 0 or has a point behind it."),
        ("Expected a digit", "a number is not complete."),
        ("is an invalid end of a number", "{0} cannot stand in a number, or behind one. Texts stand in double quotes."),
        ("maximum configured depth", "it is nested too deeply."),
        ("end of comment", "there is a comment without an end."),
        ("invalid UTF-8", "a text is not valid Unicode (RFC 8259 §8). Save the file as UTF-8."),
        ("UTF-16", "a text is not valid Unicode (RFC 8259 §8): half of a pair of \\u is missing."),
        ("could not be converted to System.String", "this must be a text in double quotes."),
        ("could not be converted to System.Boolean", "this must be true or false."),
        ("could not be converted to System.Int", "this must be a whole number without quotes."),
        ("could not be converted to System.Double", "this must be a number without quotes."),
        ("could not be converted to", "this is another kind of value than is wanted here."),
        ("doesn't allow null", "something is null here that must have a value."),
        ("doesn't allow setting a null", "something is null here that must have a value."),
    ];

    /// <summary>A sentence that begins small and ends with a full stop; without the place.</summary>
    public static string Of(JsonException broken)
    {
        var message = broken.Message;
        if (Between(message, "required properties including: ", " Path: ") is { } missing)
        {
            return $"{missing.TrimEnd('.')} {(missing.Contains(',', StringComparison.Ordinal) ? "are" : "is")} missing.";
        }

        if (Between(message, "The JSON property '", "' could not be mapped") is { } unmapped)
        {
            return $"there is no property '{unmapped}' here.";
        }

        var sign = message is ['\'', ..] && message.IndexOf("' is ", 1, StringComparison.Ordinal) is > 0 and var end ? message[1..end] : "";
        return (sign, StartsValue: message.Contains("is an invalid start of a value", StringComparison.Ordinal)) switch
        {
            ("}" or "]" or "," or ":", true) => $"a value is missing before '{sign}'.",
            ("/", _) or ("#", true) => "JSON has no comments. Take this away.",
            ("'", true) => "texts stand in double quotes: \"…\".",
            (_, true) => $"{Named(sign)} begins no value. Texts stand in double quotes; without them there are only true, false, null and numbers.",
            ([>= '0' and <= '9'], _) when message.Contains("end of a number", StringComparison.Ordinal) => Open, // the last figure of a text that was cut
            _ => Sentences.FirstOrDefault(s => message.Contains(s.Theirs, StringComparison.Ordinal)).Ours?.Replace("{0}", Named(sign), StringComparison.Ordinal) ?? Unknown,
        };
    }

    /// <summary>The same with its place: <c>$.services[1], line 7: …</c></summary>
    public static string WithPlace(JsonException broken) =>
        $"{(broken.Path is { Length: > 0 } path ? path : "$")}{(broken.LineNumber is { } line ? $", line {(line + 1).ToString(CultureInfo.InvariantCulture)}" : "")}: {Of(broken)}";

    // .NET tells what cannot be shown by its number.
    private static string Named(string sign) => sign switch
    {
        "" => "something",
        "0x0A" or "0x0D" or "\n" or "\r" => "the end of the line",
        "0x09" or "\t" => "a tab",
        "'" => "a single quote",
        ['0', 'x', ..] => $"a character that is no plain one ({sign})",
        _ => $"'{sign}'",
    };

    private static string? Between(string text, string begin, string end)
    {
        if (text.IndexOf(begin, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var rest = text[(at + begin.Length)..];
        return rest.IndexOf(end, StringComparison.Ordinal) is >= 0 and var until ? rest[..until] : rest;
    }
}
