using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// Checks a JSON value against a JSON Schema (2020-12), as far as <c>branch.schema.json</c> uses it, and tells every fault:
/// $ref, type, const, enum, pattern, minLength, maxLength, minimum, maximum, items, minItems, maxItems, properties, required,
/// additionalProperties, propertyNames, minProperties, maxProperties. <c>oneOf</c> is left to a check with a better sentence.
/// The schema's <c>title</c> says in words what a pattern wants.
/// </summary>
internal sealed class JsonShape(JsonElement schema, Action<string, string> fault)
{
    public void Check(ConfigurationElement value) => Check(value, schema);

    private void Check(ConfigurationElement value, JsonElement shape)
    {
        if (shape.TryGetProperty("$ref", out var reference))
        {
            shape = schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        if (shape.TryGetProperty("type", out var type) && !IsOneOf(value.Json, type))
        {
            fault(value.Path, $"This is {Describe(value.Json)}; it must be {Name(type)}.");
            return;
        }

        switch (value.Json.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, shape);
                break;
            case JsonValueKind.Array:
                CheckArray(value, shape);
                break;
            case JsonValueKind.String:
                CheckText(value, shape);
                break;
            case JsonValueKind.Number:
                CheckNumber(value, shape);
                break;
        }
    }

    private void CheckObject(ConfigurationElement value, JsonElement shape)
    {
        var known = shape.TryGetProperty("properties", out var properties) ? properties : default;
        var names = known.ValueKind == JsonValueKind.Object ? known.EnumerateObject().Select(p => p.Name).ToArray() : [];
        var seen = new HashSet<string>();
        foreach (var (name, item) in value.Properties)
        {
            if (!seen.Add(name))
            {
                fault(item.Path, $"'{name}' is here twice. Keep one.");
            }

            if (shape.TryGetProperty("propertyNames", out var nameShape))
            {
                CheckName(item.Path, name, nameShape);
            }

            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(name, out var itemShape))
            {
                Check(item, itemShape);
            }
            else if (shape.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            {
                Check(item, others);
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                fault(item.Path, $"There is no property '{name}' here; it would be ignored.{DidYouMean.Sentence(name, names)}");
            }
        }

        if (shape.TryGetProperty("required", out var required))
        {
            foreach (var missing in required.EnumerateArray().Select(r => r.GetString()!).Where(r => !seen.Contains(r)))
            {
                fault(value.Path, $"'{missing}' is missing. Add it: {Meaning(known.GetProperty(missing))}");
            }
        }

        CheckCount(value, seen.Count, shape, "minProperties", "maxProperties");
    }

    private void CheckArray(ConfigurationElement value, JsonElement shape)
    {
        CheckCount(value, value.Json.GetArrayLength(), shape, "minItems", "maxItems");
        if (shape.TryGetProperty("items", out var itemShape))
        {
            foreach (var item in value.Items)
            {
                Check(item, itemShape);
            }
        }
    }

    private void CheckCount(ConfigurationElement value, int count, JsonElement shape, string least, string most)
    {
        if (shape.TryGetProperty(least, out var minimum) && count < minimum.GetInt32())
        {
            fault(value.Path, $"There must be at least {minimum} here; there are {count}.");
        }

        if (shape.TryGetProperty(most, out var maximum) && count > maximum.GetInt32())
        {
            fault(value.Path, $"There may be at most {maximum} here; there are {count}.");
        }
    }

    private void CheckName(string path, string name, JsonElement shape)
    {
        using var text = JsonDocument.Parse(JsonEncodedText.Encode(name) is var encoded ? $"\"{encoded}\"" : "");
        Check(new ConfigurationElement(path, text.RootElement), shape);
    }

    private void CheckText(ConfigurationElement value, JsonElement shape)
    {
        var text = value.Text!;
        if (shape.TryGetProperty("enum", out var choices)
            && choices.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!).ToArray() is var known
            && !known.Contains(text))
        {
            fault(value.Path, $"'{Short(text)}' is not one of {string.Join(", ", known)}.{DidYouMean.Sentence(text, known)}");
        }

        if (shape.TryGetProperty("minLength", out var least) && text.EnumerateRunes().Count() < least.GetInt32())
        {
            fault(value.Path, "This text is empty. Write something here.");
        }
        else if (shape.TryGetProperty("maxLength", out var most) && text.EnumerateRunes().Count() > most.GetInt32())
        {
            fault(value.Path, $"'{Short(text)}' is too long: at most {most} characters.");
        }
        else if (shape.TryGetProperty("pattern", out var pattern) && !Matches(text, pattern.GetString()!))
        {
            fault(value.Path, $"'{Short(text)}' is not {shape.GetProperty("title").GetString()}.");
        }
    }

    private void CheckNumber(ConfigurationElement value, JsonElement shape)
    {
        var number = value.Json.GetDouble();
        if (shape.TryGetProperty("const", out var only) && number != only.GetDouble())
        {
            fault(value.Path, $"This is {value.Json}; it must be {only}.");
        }

        if (shape.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(c => c.GetDouble() == number))
        {
            fault(value.Path, $"{value.Json} is not one of {string.Join(", ", choices.EnumerateArray())}.");
        }

        if (shape.TryGetProperty("minimum", out var least) && number < least.GetDouble()
            || shape.TryGetProperty("maximum", out var most) && number > most.GetDouble())
        {
            fault(value.Path, $"{value.Json} is out of range: use {shape.GetProperty("minimum")} to {shape.GetProperty("maximum")}.");
        }
    }

    // ECMA 262's $ is the end of the text only; .NET's also stands before a last line feed, so the match must be whole. No time limit: the
    // patterns are our own schema's and none can backtrack far, and a limit of the clock would throw on a machine that is merely busy.
    private static bool Matches(string text, string pattern) =>
        Regex.Match(text, pattern, RegexOptions.CultureInvariant) is { Success: true } match && match.Length == text.Length;

    private static bool IsOneOf(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOneOf(value, one))
        : (type.GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
            ("null", JsonValueKind.Null) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };

    private static string Name(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? string.Join(" or ", type.EnumerateArray().Select(Name))
        : type.GetString() switch
        {
            "object" => "an object { … }",
            "array" => "a list [ … ]",
            "string" => "a text in quotes",
            "integer" => "a whole number without quotes",
            "boolean" => "true or false",
            var other => other!,
        };

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{Short(value.GetString()!)}'",
        JsonValueKind.Number => $"the number {Short(value.ToString())}",
        _ => value.GetRawText(),
    };

    private string Meaning(JsonElement shape) => shape.TryGetProperty("description", out var words)
        ? words.GetString()!
        : Meaning(schema.GetProperty("$defs").GetProperty(shape.GetProperty("$ref").GetString()!["#/$defs/".Length..]));

    private static string Short(string text)
    {
        var printable = string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}" : c.ToString()));
        return printable.Length <= 60 ? printable : printable[..57] + "…";
    }
}
