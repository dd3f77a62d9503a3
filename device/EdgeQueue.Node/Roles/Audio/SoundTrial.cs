namespace EdgeQueue.Node.Roles.Audio;

/// <summary>A technician wants to hear the loudspeaker.</summary>
internal sealed record SoundTrial(IReadOnlyDictionary<string, string> Texts)
{
    public TaskCompletionSource<SoundTrialEnd> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>How it ended.</summary>
/// <param name="Spoken">Languages that were heard.</param>
/// <param name="GaveWay">To something that the branch had to say.</param>
/// <param name="Fault">The loudspeaker is gone.</param>
public sealed record SoundTrialEnd(int Spoken = 0, bool GaveWay = false, string? Fault = null);
