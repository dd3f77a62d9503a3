using System.Diagnostics.CodeAnalysis;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Messages;

/// <summary>On <c>doctor/{node}/{unit}/ask</c>, from the registrar for a technician at the hub: how are you?</summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Id">128 random bits, 32 lower-case hexadecimal digits; the answers carry it.</param>
/// <param name="Try">Also do what people see or hear: a display's test pattern, a test phrase in the zone, a test ticket.</param>
/// <param name="Languages">In which the test phrase is said, in order; at most <see cref="MostLanguages"/>.</param>
public sealed record DoctorAsk(int V, string Id, bool Try = false, IReadOnlyList<string>? Languages = null)
{
    public const int MostLanguages = 16;

    /// <summary>A question that waited longer in the broker is nobody's any more; the MQTT expiry of the message.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);

    /// <summary>A question is some sixty bytes.</summary>
    public const int LongestInBytes = 1024;

    /// <returns>False with a sentence; never an exception.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out DoctorAsk? ask, [NotNullWhen(false)] out string? fault)
    {
        ask = null;
        if (payload.Length > LongestInBytes)
        {
            fault = "it is longer than a question";
            return false;
        }

        if (!ContractJson.TryRead(payload, out DoctorAsk? read, out fault))
        {
            return false;
        }

        fault = read.V != 1 || read.Id.Length != 32 || !read.Id.All(char.IsAsciiHexDigitLower) || read.Languages is { Count: > MostLanguages } || read.Languages?.Contains(null!) is true
            ? "it is not a question of version 1 with an id"
            : null;
        ask = fault is null ? read : null;
        return ask is not null;
    }
}

/// <summary>
/// On <c>doctor/{node}/{unit}/findings</c>, from the unit: first at once without findings, so that whoever asks knows that somebody looks;
/// then, done, with all of them.
/// </summary>
/// <param name="More">Findings beyond <see cref="MostFindings"/> that were left out.</param>
/// <param name="Refusal">Nothing was looked at: <c>busy</c>.</param>
public sealed record DoctorAnswer(int V, string Id, bool Done, IReadOnlyList<Finding> Findings, int More = 0, Refusal? Refusal = null)
{
    public const int MostFindings = 24;

    /// <summary><see cref="MostFindings"/> of the longest, in three-byte letters, fit.</summary>
    public const int LongestInBytes = 64 * 1024;

    /// <summary>With every bound kept.</summary>
    public static DoctorAnswer Of(string id, IReadOnlyList<Finding> findings) =>
        new(1, id, true, [.. findings.Take(MostFindings).Select(f => f.Bounded())], Math.Max(0, findings.Count - MostFindings));

    /// <returns>False with a sentence; never an exception. What is read keeps the bounds.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out DoctorAnswer? answer, [NotNullWhen(false)] out string? fault)
    {
        answer = null;
        if (payload.Length > LongestInBytes)
        {
            fault = "it is longer than an answer";
            return false;
        }

        if (!ContractJson.TryRead(payload, out DoctorAnswer? read, out fault))
        {
            return false;
        }

        fault = read.V != 1 ? "it is not an answer of version 1"
            : read.Findings.Contains(null!) ? "a finding is null"
            : read.Findings.Count > MostFindings || read.More < 0 ? $"it has more than {MostFindings} findings"
            : null;
        answer = fault is null ? read with { Findings = [.. read.Findings.Select(f => f.Bounded())] } : null;
        return answer is not null;
    }
}
