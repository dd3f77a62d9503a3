using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Roles.Dispenser.Screen;

/// <summary>
/// Speaks the newest prompt. Unlike the hall's announcements, a prompt is cut short by the next: it is said to one person,
/// who has pressed the next key by then.
/// </summary>
/// <param name="minuteOfDay">Local, 0 … 1439; null: not known.</param>
public sealed class PromptVoice(
    SpeechConfiguration configuration, ISpeaker speaker, ClipLibrary clips, ISoundOutput output, Func<int?> minuteOfDay, NodeStatus status)
{
    private readonly PhraseRenderer renderer = new(speaker, clips, []);
    private readonly NightHours? night = NightHours.Parse(configuration.Night);
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly Lock gate = new();
    private Phrase? next;
    private CancellationTokenSource speaking = new();

    /// <summary>From any thread; does not block. Null: silence.</summary>
    public void Say(Phrase? phrase)
    {
        lock (gate)
        {
            next = phrase;
            speaking.Cancel();
            if (news.CurrentCount == 0)
            {
                news.Release();
            }
        }
    }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await news.WaitAsync(cancellation);
                if (Take(cancellation) is var (phrase, stop) && phrase is not null)
                {
                    await SpeakAsync(phrase, stop);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            output.Dispose();
        }
    }

    private (Phrase? Phrase, CancellationToken Stop) Take(CancellationToken cancellation)
    {
        lock (gate)
        {
            speaking.Dispose();
            speaking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var taken = next;
            next = null;
            return (taken, speaking.Token);
        }
    }

    private async Task SpeakAsync(Phrase phrase, CancellationToken stop)
    {
        try
        {
            var samples = await Task.Run(() => renderer.Render([phrase], withChime: false), stop);
            var quiet = night is not null && minuteOfDay() is { } minute && night.Contains(minute);
            await output.PlayAsync(
                new PcmSound(samples, Pcm.SampleRate), new Volume(quiet ? configuration.NightVolume : configuration.Volume), stop);
            status.Fault("promptsNotSpoken", null);
            status.Count("promptsSpoken");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next prompt, or the end.
        }
        catch (Exception mute) when (mute is DeviceException or SpeechUnavailableException)
        {
            // The paper and the two lines say the same.
            status.Fault("promptsNotSpoken", $"The dispenser's prompts are not spoken: {mute.Message}");
        }
    }
}
