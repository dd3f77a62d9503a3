using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Contracts;

/// <summary>The schema and the records say the same: no property, requirement, type or default in one and not in the other.</summary>
public sealed class BranchSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(BranchConfigurationLoader.Schema()).RootElement;

    // What JsonShape understands or may pass over.
    private static readonly string[] Keywords =
    [
        "$schema", "$id", "$defs", "$ref", "title", "description", "default", "type", "const", "enum", "pattern", "minLength",
        "maxLength", "minimum", "maximum", "items", "minItems", "maxItems", "properties", "required", "additionalProperties",
        "propertyNames", "minProperties", "maxProperties", "oneOf",
    ];

    [Fact]
    public void Every_property_is_in_both_with_the_same_type_and_the_same_need() =>
        Assert.Empty(Differences(ConfigurationJson.Info<BranchConfiguration>(), Schema, "$"));

    [Fact]
    public void What_is_left_out_is_what_the_schema_says()
    {
        foreach (var (type, shape) in Objects(ConfigurationJson.Info<BranchConfiguration>(), Schema).DistinctBy(o => o.Info.Type))
        {
            var empty = JsonSerializer.Deserialize(Least(shape)!.ToJsonString(), type)!;
            foreach (var property in type.Properties.Where(p => p.Get is not null && !p.IsRequired))
            {
                var value = property.Get!(empty);
                var written = value is null ? null : JsonSerializer.Serialize(value, ConfigurationJson.Options.GetTypeInfo(property.PropertyType));
                var said = shape.GetProperty("properties").GetProperty(property.Name);
                var expected = said.TryGetProperty("default", out var given) ? given.GetRawText() : null;
                if (expected is not null || Resolve(said).GetProperty("type").ToString() != "object")
                {
                    Assert.True(
                        JsonNode.DeepEquals(Parse(expected), Parse(written)),
                        $"{type.Type.Name}.{property.Name} is {written ?? "null"}; the schema says {expected ?? "null"}.");
                }
            }
        }
    }

    [Fact]
    public void Only_keywords_that_the_loader_understands_are_used_and_every_property_is_described()
    {
        foreach (var shape in Shapes(Schema))
        {
            Assert.Empty(shape.EnumerateObject().Select(k => k.Name).Except(Keywords));
            foreach (var property in shape.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
            {
                Assert.True(property.Value.TryGetProperty("description", out _) || Resolve(property.Value).TryGetProperty("description", out _), property.Name);
            }

            Assert.True(!shape.TryGetProperty("pattern", out _) || shape.TryGetProperty("title", out _), "A pattern needs a title that says it in words.");
        }
    }

    [Fact]
    public void The_same_chips_keys_and_functions_are_known_everywhere()
    {
        Assert.Equal(DisplayKind.Chips.Order(StringComparer.Ordinal), Choices("display", "chip").Order(StringComparer.Ordinal));
        Assert.Equal(
            Enum.GetNames<KeyFunction>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal),
            Strings(Schema.GetProperty("$defs").GetProperty("keyFunction")).Order(StringComparer.Ordinal));
        Assert.Equal(
            Enum.GetValues<KeyCode>().Where(k => k != KeyCode.None).Select(k => (KeyNames.Of(k), (ushort?)k)).Order(),
            EvdevKeys.Names.Select(n => (n, EvdevKeys.NumberOf(n))).Order());
    }

    [Fact]
    public void Every_calling_rule_of_the_schema_is_one_of_the_core()
    {
        foreach (var rule in Choices("workProfile", "rule"))
        {
            Assert.Empty(new BrokenBranch()
                .With("$.workProfiles[0].rule", $"\"{rule}\"").With("$.workProfiles[0].ratio", """{"priority": 60}""").Faults());
        }
    }

    private static IEnumerable<string> Differences(JsonTypeInfo info, JsonElement shape, string path)
    {
        shape = Resolve(shape);
        var nullable = shape.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array;
        var name = nullable ? type[0].GetString() : type.GetString();
        var plain = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var wanted = info.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "object",
            JsonTypeInfoKind.Enumerable => "array",
            _ when plain == typeof(string) => "string",
            _ when plain == typeof(bool) => "boolean",
            _ when plain == typeof(int) || plain == typeof(long) => "integer",
            _ => plain.Name,
        };
        if (name != wanted)
        {
            return [$"{path} is {wanted} in the record and {name} in the schema"];
        }

        return info.Kind switch
        {
            JsonTypeInfoKind.Object => OfObject(info, shape, path),
            JsonTypeInfoKind.Enumerable => Differences(ConfigurationJson.Options.GetTypeInfo(info.ElementType!), shape.GetProperty("items"), path + "[]"),
            JsonTypeInfoKind.Dictionary => Differences(ConfigurationJson.Options.GetTypeInfo(info.ElementType!), shape.GetProperty("additionalProperties"), path + "{}"),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonTypeInfo info, JsonElement shape, string path)
    {
        var properties = info.Properties.Where(p => p.Get is not null).ToDictionary(p => p.Name);
        var said = shape.GetProperty("properties").EnumerateObject().Where(p => p.Name != "$schema").ToDictionary(p => p.Name, p => p.Value);
        var required = shape.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).ToHashSet();
        foreach (var name in properties.Keys.Union(said.Keys))
        {
            if (!properties.TryGetValue(name, out var property))
            {
                yield return $"{path}.{name} is not in the record";
            }
            else if (!said.TryGetValue(name, out var own))
            {
                yield return $"{path}.{name} is not in the schema";
            }
            else
            {
                if (property.IsRequired != required.Contains(name))
                {
                    yield return $"{path}.{name} is required in one and not in the other";
                }

                foreach (var difference in Differences(ConfigurationJson.Options.GetTypeInfo(property.PropertyType), own, $"{path}.{name}"))
                {
                    yield return difference;
                }
            }
        }
    }

    private static IEnumerable<(JsonTypeInfo Info, JsonElement Shape)> Objects(JsonTypeInfo info, JsonElement shape)
    {
        shape = Resolve(shape);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => info.Properties.Where(p => p.Get is not null)
                .SelectMany(p => Objects(ConfigurationJson.Options.GetTypeInfo(p.PropertyType), shape.GetProperty("properties").GetProperty(p.Name)))
                .Prepend((info, shape)),
            JsonTypeInfoKind.Enumerable => Objects(ConfigurationJson.Options.GetTypeInfo(info.ElementType!), shape.GetProperty("items")),
            _ => [],
        };
    }

    /// <summary>The smallest value of a shape: only what is required.</summary>
    private static JsonNode? Least(JsonElement shape)
    {
        shape = Resolve(shape);
        return shape.GetProperty("type").ToString() switch
        {
            "object" when shape.TryGetProperty("required", out var required) => new JsonObject(required.EnumerateArray().Select(
                r => KeyValuePair.Create(r.GetString()!, Least(shape.GetProperty("properties").GetProperty(r.GetString()!))))),
            "object" => new JsonObject(),
            "array" => new JsonArray(),
            "integer" => JsonNode.Parse("1"),
            _ => JsonNode.Parse("\"x\""),
        };
    }

    private static IEnumerable<JsonElement> Shapes(JsonElement shape)
    {
        yield return shape;
        foreach (var list in (string[])["properties", "$defs"])
        {
            foreach (var inner in shape.TryGetProperty(list, out var shapes) ? shapes.EnumerateObject().SelectMany(s => Shapes(s.Value)) : [])
            {
                yield return inner;
            }
        }

        foreach (var one in (string[])["items", "additionalProperties", "propertyNames"])
        {
            foreach (var inner in shape.TryGetProperty(one, out var only) && only.ValueKind == JsonValueKind.Object ? Shapes(only) : [])
            {
                yield return inner;
            }
        }
    }

    private static JsonElement Resolve(JsonElement shape) => shape.TryGetProperty("$ref", out var reference)
        ? Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])
        : shape;

    private static string[] Choices(string record, string property) =>
        Strings(Schema.GetProperty("$defs").GetProperty(record).GetProperty("properties").GetProperty(property));

    private static string[] Strings(JsonElement shape) => [.. shape.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!)];

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
