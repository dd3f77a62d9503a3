using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Whether all of a kept event can be read. <see cref="EventJson"/> passes over what it does not know, and <see cref="ReplayJson"/> over
/// the explanation of a call: a damage there changes no state and is seen by nobody else.
/// </summary>
public static class StrictEventJson
{
    private static readonly JsonTypeInfo<Event> Strict = (JsonTypeInfo<Event>)new JsonSerializerOptions(JournalJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    }.GetTypeInfo(typeof(Event));

    /// <param name="utf8">The event.</param>
    /// <param name="type">As it stands beside the event; empty: whatever it calls itself.</param>
    /// <param name="fault">Half a sentence; null: every byte of it has been read and is known.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> type, [NotNullWhen(true)] out Event? happened, [NotNullWhen(false)] out string? fault)
    {
        happened = null;
        if (!Utf8.IsValid(utf8))
        {
            fault = "is no UTF-8";
            return false;
        }

        try
        {
            happened = JsonSerializer.Deserialize(utf8, Strict);
            fault = happened is null ? "is empty"
                : !type.IsEmpty && !type.SequenceEqual(EventJson.TypeOf(happened)) ? $"is filed under '{type}' and calls itself '{EventJson.TypeOf(happened)}'"
                : null;
        }
        // NotSupportedException: without its "type".
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            string where = (e as JsonException)?.Path is { Length: > 1 } path ? $" at {path}" : "";
            fault = $"has a damaged part, or one that only another release knows{where}";
        }

        return fault is null;
    }
}
