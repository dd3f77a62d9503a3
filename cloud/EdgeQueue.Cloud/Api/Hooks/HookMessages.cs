using System.Text.Json.Serialization;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>The body of a web hook. It may come again with the same id; whoever takes it takes an id once.</summary>
/// <param name="Id">The same as the header X-EdgeQueue-Id.</param>
/// <param name="At">When it happened, by the clock on the branch's wall or the cloud's, UTC.</param>
internal sealed record HookBody(string Id, string Kind, DateTimeOffset At, string Branch, HookData Data);

/// <summary>What is known of it; what is not is left out. No name, no phone number, no text that somebody typed.</summary>
internal sealed record HookData
{
    public long? Visit { get; init; }

    /// <summary>The label on the paper.</summary>
    public string? Ticket { get; init; }

    public string? Service { get; init; }

    public string? Counter { get; init; }

    public string? Reason { get; init; }

    /// <summary>Number of a booking.</summary>
    public string? Booking { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Of a configuration.</summary>
    public long? Revision { get; init; }

    /// <summary>How many faults a rejected configuration has.</summary>
    public int? Faults { get; init; }
}

/// <param name="Url">https, on a public address.</param>
/// <param name="Kinds">What it is told, e.g. ticket.called.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AddHook(string? Url, IReadOnlyList<string>? Kinds);

/// <param name="Secret">Key of the signature; shown when it is registered and never again.</param>
internal sealed record AddedHook(long Id, string Url, IReadOnlyList<string> Kinds, string Secret);

/// <param name="Waiting">What is still to be told.</param>
/// <param name="GivenUp">What was not and will not be told, of the last 30 days.</param>
/// <param name="Lost">What was never stored, because too many waited.</param>
/// <param name="FailingSince">Null: the last try went well.</param>
/// <param name="Fault">Why the last try did not.</param>
/// <param name="Disabled">Why it is off; null: it is on.</param>
internal sealed record HookItem(
    long Id, string Url, IReadOnlyList<string> Kinds, DateTimeOffset MadeAt, long Told, long Waiting, long GivenUp, long Lost, DateTimeOffset? FailingSince, string? Fault, string? Disabled);

internal sealed record HookList(IReadOnlyList<HookItem> Items);

internal sealed record GivenUpList(IReadOnlyList<GivenUpItem> Items, string? Next);

/// <param name="Id">As in the header X-EdgeQueue-Id.</param>
internal sealed record GivenUpItem(string Id, string Kind, DateTimeOffset At, long Tries, string Fault);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HookBody))]
internal sealed partial class HookJson : JsonSerializerContext;
