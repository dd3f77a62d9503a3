using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>
/// Changes the operators of a configuration in its bytes. All else stays as its author wrote it, the lines too, but for the revision; what is not known here of an operator stays as well.
/// </summary>
internal static class OperatorEdit
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="document">A configuration that the loader takes.</param>
    /// <param name="change">Is given the operators as they are.</param>
    public static byte[] With(byte[] document, long revision, Action<JsonArray> change)
    {
        int skipped = document.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        (int Start, int End) number = default, list = default;
        var reader = new Utf8JsonReader(document.AsSpan(skipped));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            bool isRevision = reader.ValueTextEquals("revision"u8), isOperators = reader.ValueTextEquals("operators"u8);
            reader.Read();
            int start = skipped + (int)reader.TokenStartIndex;
            reader.Skip();
            number = isRevision ? (start, skipped + (int)reader.BytesConsumed) : number;
            list = isOperators ? (start, skipped + (int)reader.BytesConsumed) : list;
        }

        JsonArray operators = list.End == 0 ? [] : JsonNode.Parse(document.AsSpan(list.Start, list.End - list.Start))!.AsArray();
        change(operators);
        byte[] changed = Encoding.UTF8.GetBytes(operators.Count == 0 ? "[]" : $"[\n    {string.Join(",\n    ", operators.Select(Line))}\n  ]");
        byte[] next = Encoding.UTF8.GetBytes(revision.ToString(CultureInfo.InvariantCulture));
        (int Start, int End, byte[] By)[] parts = list.End == 0
            ? [(number.Start, number.End, [.. next, .. ",\n  \"operators\": "u8, .. changed])]
            : [.. new[] { (number.Start, number.End, next), (list.Start, list.End, changed) }.OrderBy(p => p.Item1)];
        using var made = new MemoryStream(document.Length + changed.Length);
        int from = 0;
        foreach ((int start, int end, byte[] by) in parts)
        {
            made.Write(document.AsSpan(from, start - from));
            made.Write(by);
            from = end;
        }

        made.Write(document.AsSpan(from));
        return made.ToArray();
    }

    /// <summary>The operator with this id, added where there is none.</summary>
    public static JsonObject Of(JsonArray operators, string id)
    {
        if (operators.FirstOrDefault(o => (string?)o!["id"] == id) is JsonObject found)
        {
            return found;
        }

        JsonObject added = new() { ["id"] = id };
        operators.Add((JsonNode)added);
        return added;
    }

    private static string Line(JsonNode? one)
    {
        using var made = new MemoryStream();
        using (var writer = new Utf8JsonWriter(made, Plain))
        {
            one!.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(made.ToArray());
    }
}
