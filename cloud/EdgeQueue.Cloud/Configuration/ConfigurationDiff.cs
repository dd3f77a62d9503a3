using System.Text.Json;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>What is different between two configurations, in lines for people: what was added, taken away and changed in each list, and which other settings changed.</summary>
internal static class ConfigurationDiff
{
    private const int MostNamed = 12;

    private const int Longest = 2_000;

    /// <param name="before">Null: there was none.</param>
    public static string Of(byte[]? before, byte[] after)
    {
        using JsonDocument now = Parse(after);
        if (before is null)
        {
            return "the first one";
        }

        using JsonDocument then = Parse(before);
        List<string> lines = [];
        foreach (string name in now.RootElement.EnumerateObject().Concat(then.RootElement.EnumerateObject()).Select(p => p.Name).Distinct(StringComparer.Ordinal).Where(n => n is not ("revision" or "$schema")))
        {
            bool had = then.RootElement.TryGetProperty(name, out JsonElement old);
            bool has = now.RootElement.TryGetProperty(name, out JsonElement made);
            if (had && has && JsonElement.DeepEquals(old, made))
            {
                continue;
            }

            lines.Add(Members(had ? old : default) is { } members && Members(has ? made : default) is { } others ? $"{name}: {Lists(members, others)}" : $"{name} {(!had ? "added" : !has ? "taken away" : "changed")}");
        }

        string text = lines.Count == 0 ? "nothing but the revision" : string.Join('\n', lines);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    /// <summary>Names of the devices in a configuration.</summary>
    public static IReadOnlySet<string> Nodes(byte[] document)
    {
        using JsonDocument parsed = Parse(document);
        return parsed.RootElement.TryGetProperty("nodes", out JsonElement nodes) && Members(nodes) is { } members ? members.Keys.ToHashSet(StringComparer.Ordinal) : new HashSet<string>();
    }

    private static string Lists(Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after)
    {
        string[] added = [.. after.Keys.Where(k => !before.ContainsKey(k))];
        string[] gone = [.. before.Keys.Where(k => !after.ContainsKey(k))];
        string[] changed = [.. after.Keys.Where(k => before.TryGetValue(k, out JsonElement old) && !JsonElement.DeepEquals(old, after[k]))];
        string[] parts = [.. new[] { Part("added", added), Part("taken away", gone), Part("changed", changed) }.Where(p => p.Length > 0)];
        return parts.Length == 0 ? "another order" : string.Join("; ", parts);
    }

    private static string Part(string what, string[] names) => names.Length == 0 ? ""
        : $"{what} {string.Join(", ", names.Take(MostNamed))}" + (names.Length > MostNamed ? FormattableString.Invariant($" and {names.Length - MostNamed} more") : "");

    /// <summary>Members of a list by their id or name; null: it is no such list. What is not there is an empty one.</summary>
    private static Dictionary<string, JsonElement>? Members(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || ((!one.TryGetProperty("id", out JsonElement key) || key.ValueKind != JsonValueKind.String) && (!one.TryGetProperty("name", out key) || key.ValueKind != JsonValueKind.String))
                || !members.TryAdd(key.GetString()!, one))
            {
                return null;
            }
        }

        return members;
    }

    /// <summary>The byte order mark is the loader's to skip, and ours.</summary>
    private static JsonDocument Parse(byte[] document) => JsonDocument.Parse(document.AsMemory(document.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
}
