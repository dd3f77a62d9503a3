namespace EdgeQueue.Tool.Doctor;

internal enum Health
{
    Well,

    /// <summary>It works; a person should see to it.</summary>
    Soon,

    Broken,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Advice">What to do; null when all is well.</param>
internal sealed record Finding(string What, Health Health, string Sentence, string? Advice = null)
{
    public static Finding Well(string what, string sentence) => new(what, Health.Well, sentence);

    public override string ToString() =>
        $"{(Health switch { Health.Well => "ok   ", Health.Soon => "soon ", _ => "FAULT" })} {What,-12} {Sentence}{(Advice is null ? "" : $"\n                   → {Advice}")}";
}
