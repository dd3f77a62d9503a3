using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeQueue.Tool.Support;

/// <summary>
/// Takes out what support must not see: PIN hashes, keys, and whatever looks like a phone number or a claim code. Rather too much than too
/// little: a long number that is none is lost too.
/// </summary>
internal static partial class Scrubber
{
    private const string Gone = "(removed)";

    /// <summary>Names of properties whose value never leaves, in whatever file.</summary>
    private static readonly HashSet<string> Secret = new(["pinHash", "pin", "key", "phone", "phoneHash", "token", "person", "password", "secret", "proof"], StringComparer.OrdinalIgnoreCase);

    public static string Lines(string text) => Hash().Replace(Pem().Replace(Number().Replace(text, Gone), Gone), Gone);

    /// <returns>Null: it is not JSON; then it is not packed at all.</returns>
    public static string? Json(string text)
    {
        try
        {
            var root = JsonNode.Parse(text);
            Walk(root);
            return root?.ToJsonString();
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static void Walk(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
            {
                // An evdev key's name is no secret, and the one thing of that name that support needs.
                if (Secret.Contains(name) && !(value is JsonValue text && text.TryGetValue(out string? said) && said.StartsWith("KEY_", StringComparison.Ordinal)))
                {
                    map[name] = Gone;
                }
                else
                {
                    Walk(value);
                }
            }
        }
        else if (node is JsonArray list)
        {
            list.ToList().ForEach(Walk);
        }
    }

    /// <summary>Four digits, a blank, four digits is how a claim code is written; seven and more with blanks between is a phone number.</summary>
    [GeneratedRegex(@"(?<![0-9A-Fa-f])(?<![0-9][:.T-])(?![0-9]{4}-[0-9]{2}-[0-9]{2})\+?[0-9](?:[ -]?[0-9]){6,}(?![0-9A-Fa-f])(?![:.-][0-9])")]
    private static partial Regex Number();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.Singleline)]
    private static partial Regex Pem();

    [GeneratedRegex(@"pbkdf2-sha256\$\S+")]
    private static partial Regex Hash();
}
