using System.Text;
using System.Text.Json;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>
/// The hashes of PINs in a configuration: nobody is shown them, because four digits are soon tried. A file without them has the word <see cref="Set"/> there,
/// which on its way back means "as it is". Only those bytes change, so lines stay where they were.
/// </summary>
internal static class PinHashes
{
    public const string Set = "set";

    /// <summary>For people to look at.</summary>
    public static byte[] Without(byte[] document) => Replaced(document, (_, _) => Set);

    /// <summary>Puts the hashes in again, from the configuration that it was made of.</summary>
    /// <param name="missing">Operators whose hash is nowhere.</param>
    public static byte[] With(byte[] document, byte[]? made, out IReadOnlyList<string> missing)
    {
        Dictionary<string, string> known = [];
        foreach (Pin pin in made is null ? [] : Find(made))
        {
            known[pin.Operator] = pin.Value;
        }

        List<string> without = [];
        byte[] filled = Replaced(document, (operatorId, value) =>
        {
            if (value == Set && !known.ContainsKey(operatorId))
            {
                without.Add(operatorId);
            }

            return value == Set ? known.GetValueOrDefault(operatorId, Set) : value;
        });
        missing = without;
        return filled;
    }

    private static byte[] Replaced(byte[] document, Func<string, string, string> by)
    {
        using var made = new MemoryStream(document.Length);
        int from = 0;
        foreach (Pin pin in Find(document))
        {
            made.Write(document.AsSpan(from, pin.Start - from));
            made.Write(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(by(pin.Operator, pin.Value), System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
            from = pin.Start + pin.Length;
        }

        made.Write(document.AsSpan(from));
        return made.ToArray();
    }

    /// <summary>In the order of the file; of a file that is no JSON none: the loader says what is wrong with it.</summary>
    private static List<Pin> Find(byte[] document)
    {
        List<Pin> found = [];
        int skipped = document.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(document.AsSpan(skipped));
        try
        {
            bool inside = false;
            string? name = null;
            (int Start, int Length, string Value)? pin = null;
            while (reader.Read())
            {
                switch (reader.TokenType, reader.CurrentDepth)
                {
                    case (JsonTokenType.PropertyName, 1):
                        inside = reader.ValueTextEquals("operators"u8);
                        break;
                    case (JsonTokenType.StartObject, 2) when inside:
                        (name, pin) = (null, null);
                        break;
                    case (JsonTokenType.EndObject, 2) when inside && pin is var (start, length, value) && name is not null:
                        found.Add(new(name, start, length, value));
                        break;
                    case (JsonTokenType.PropertyName, 3) when inside:
                        bool isId = reader.ValueTextEquals("id"u8);
                        bool isPin = reader.ValueTextEquals("pinHash"u8);
                        reader.Read();
                        if (reader.TokenType == JsonTokenType.String && (isId || isPin))
                        {
                            string text = reader.GetString()!;
                            name = isId ? text : name;
                            pin = isPin ? (skipped + (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), text) : pin;
                        }
                        else
                        {
                            reader.Skip();
                        }

                        break;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return [];
        }

        return found;
    }

    private sealed record Pin(string Operator, int Start, int Length, string Value);
}
