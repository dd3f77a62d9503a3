using System.Text.Json;

namespace EdgeQueue.Cloud.Start;

/// <summary>Where JSON is wrong, in words for whoever wrote it: .NET's own are about .NET.</summary>
internal static class JsonPlace
{
    private const int LongestPath = 100;

    public static string Of(JsonException fault)
    {
        string line = fault.LineNumber is { } number ? FormattableString.Invariant($"line {number + 1}, column {(fault.BytePositionInLine ?? 0) + 1}") : "its begin or its end";
        string path = fault.Path is { Length: > 1 } where ? $" (at {(where.Length > LongestPath ? where[..LongestPath] + "…" : where)})" : "";
        return $"{line}{path}: this is not JSON, or a name that is unknown or stands there twice, or another kind of value than is expected.";
    }
}
