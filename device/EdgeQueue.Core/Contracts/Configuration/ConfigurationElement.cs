using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// A place in a configuration that may be missing or ill-typed: asking on is harmless and gives nothing. So every check
/// can run over a broken file, and all faults are told at once.
/// </summary>
internal readonly record struct ConfigurationElement(string Path, JsonElement Json)
{
    public string? Text => Json.ValueKind == JsonValueKind.String ? Json.GetString() : null;

    public int? Number => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var number) ? number : null;

    public bool Exists => Json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public IEnumerable<ConfigurationElement> Items
    {
        get
        {
            var path = Path;
            return Json.ValueKind == JsonValueKind.Array
                ? Json.EnumerateArray().Select((item, index) => new ConfigurationElement($"{path}[{index}]", item))
                : [];
        }
    }

    public IEnumerable<(string Name, ConfigurationElement Value)> Properties
    {
        get
        {
            var path = Path;
            return Json.ValueKind == JsonValueKind.Object
                ? Json.EnumerateObject().Select(p => (p.Name, new ConfigurationElement(Join(path, p.Name), p.Value)))
                : [];
        }
    }

    public ConfigurationElement this[string name] =>
        new(Join(Path, name), Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value : default);

    /// <summary>JSON path of a property (RFC 9535 §2.5.1: a name that is not an identifier is quoted).</summary>
    public static string Join(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') && !char.IsAsciiDigit(name[0])
            ? $"{path}.{name}"
            : $"{path}['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
}
