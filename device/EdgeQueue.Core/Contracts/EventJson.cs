using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Events as the journal keeps them: JSON with <c>type</c> first, and the same type beside it. Knowing the type beforehand
/// spares the search for it within the JSON, which a replay of a million events would do a million times.
/// </summary>
public static class EventJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = TypeNames.AllEvents.ToFrozenDictionary(
        TypeNames.Of, type => JournalJson.Options.GetTypeInfo(type), StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names = TypeNames.AllEvents.ToFrozenDictionary(type => type, TypeNames.Of);

    private static readonly FrozenSet<string> NameSet = ByName.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name that stands in <c>type</c>: for ever the same.</summary>
    public static string TypeOf(Event happened) => Names[happened.GetType()];

    /// <summary>The same of a type of event.</summary>
    public static string TypeOf(Type type) => Names[type];

    /// <summary>The one string for a type's name, without making another; null: unknown.</summary>
    public static string? NameOf(ReadOnlySpan<char> type) =>
        NameSet.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out string? name) ? name : null;

    public static byte[] Write(Event happened) => JournalJson.Write(happened);

    /// <summary>Reads one event of a known type.</summary>
    /// <exception cref="JsonException">It cannot be read; the message has the JSON path.</exception>
    public static Event Read(ReadOnlySpan<char> type, ReadOnlySpan<byte> utf8)
    {
        if (!ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out JsonTypeInfo? info))
        {
            throw new JsonException($"'{type}' is not an event that this version knows: it was written by a newer one.");
        }

        return (Event)(JsonSerializer.Deserialize(utf8, info) ?? throw new JsonException("null is not an event."));
    }
}
