namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">JSON path, e.g. <c>$.services[2].prefix</c>; <c>$</c> for the file as a whole.</param>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
public sealed record ConfigurationFault(string Path, int Line, string Sentence)
{
    public override string ToString() => $"line {Line}, {Path}: {Sentence}";
}
