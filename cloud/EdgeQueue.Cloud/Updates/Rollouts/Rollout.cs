using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>A roll-out as head office made it, and where it stands.</summary>
internal sealed record Rollout(
    long Id, string Title, IReadOnlyList<WishedBundle> Bundles, IReadOnlyList<RolloutStage> Stages, long MostFailures, long PauseMs, RolloutStanding Standing, long MadeAt)
{
    /// <summary>What hubs are told.</summary>
    public UpdateWish Wish => new(1, MadeAt, Bundles, Paused: Standing.Phase != RolloutPhase.Running);
}

/// <summary>Its row.</summary>
internal sealed record RolloutRow(
    long Id, string Title, string Bundles, string Stages, long MostFailures, long PauseMs, string State, string Reason, long Stage, long StageEndedAt, long MadeAt)
{
    public const string Columns =
        "id as Id, title as Title, bundles as Bundles, stages as Stages, most_failures as MostFailures, pause_ms as PauseMs, state as State, reason as Reason, stage as Stage, stage_ended_at as StageEndedAt, made_at as MadeAt";

    public Rollout Read() => new(
        Id, Title, JsonSerializer.Deserialize(Bundles, RolloutJson.Default.IReadOnlyListWishedBundle) ?? [], JsonSerializer.Deserialize(Stages, RolloutJson.Default.IReadOnlyListRolloutStage) ?? [],
        MostFailures, PauseMs, new(Enum.Parse<RolloutPhase>(State, ignoreCase: true), Reason, (int)Stage, StageEndedAt), MadeAt);
}

[JsonSerializable(typeof(IReadOnlyList<WishedBundle>))]
[JsonSerializable(typeof(IReadOnlyList<RolloutStage>))]
internal sealed partial class RolloutJson : JsonSerializerContext;
