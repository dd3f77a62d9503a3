namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>What a technician asks of the registrar, one JSON line over its control socket.</summary>
/// <param name="Verb">claim, replace, revoke, waiting, nodes.</param>
/// <param name="Counter">Id or number.</param>
public sealed record DeskRequest(
    string Verb, string? Code = null, string? Node = null, string? Role = null, string? Counter = null, string? Zone = null);

/// <summary>The one line of answer.</summary>
/// <param name="Done">False: nothing was changed.</param>
/// <param name="Lines">For people.</param>
public sealed record DeskAnswer(bool Done, IReadOnlyList<string> Lines);
