using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>On which line of the file each JSON path begins.</summary>
internal sealed class ConfigurationLines
{
    private readonly Dictionary<string, int> lines = [];

    /// <exception cref="JsonException">The text is not JSON, or has a text that is not Unicode.</exception>
    public ConfigurationLines(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = BranchConfigurationLoader.MaximumDepth });
        var path = new Stack<(string Path, int Index)>();
        var name = "$";
        var line = 1;
        var counted = 0;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += utf8[counted..start].Count((byte)'\n');
            counted = start;
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                Read(reader, line);
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = ConfigurationElement.Join(path.Peek().Path, reader.GetString()!);
                lines.TryAdd(name, line);
                continue;
            }

            if (path.TryPop(out var parent))
            {
                // Inside an array the name counts up; inside an object it is the property that was just read.
                if (parent.Index >= 0)
                {
                    name = $"{parent.Path}[{parent.Index}]";
                    parent.Index++;
                }

                path.Push(parent);
            }

            lines.TryAdd(name, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Push((name, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
    }

    // The reader looks into texts only when asked, so a bad one would be thrown at whoever asks first.
    private static void Read(Utf8JsonReader reader, int line)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException(broken.Message, "$", line - 1, 0, broken);
        }
    }

    /// <summary>Line of the path, or of the nearest thing around it that is there.</summary>
    public int Of(string path)
    {
        while (true)
        {
            if (lines.TryGetValue(path, out var line))
            {
                return line;
            }

            var cut = path.AsSpan().LastIndexOfAny('.', '[');
            if (cut <= 0)
            {
                return 1;
            }

            path = path[..cut];
        }
    }
}
