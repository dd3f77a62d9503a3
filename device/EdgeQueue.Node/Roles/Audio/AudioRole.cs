using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>The loudspeaker of one zone: listens to the zone's open calls and speaks each of them once.</summary>
public sealed class AudioRole : ITestableRole
{
    private readonly NodeHost host;
    private readonly ISoundOutput output;
    private readonly Announcer announcer;

    public AudioRole(NodeHost host, Func<string, ISoundOutput> open, ISpeaker speaker)
    {
        this.host = host;
        var configuration = host.Unit.Audio ?? throw new ArgumentException("The unit is not a loudspeaker.", nameof(host));
        output = open(configuration.Device);
        var (clips, faults) = configuration.Clips is { } folder ? ClipLibrary.Scan(folder) : (ClipLibrary.Empty, []);
        host.Status.Fault("clipsInvalid", faults.Length == 0 ? null : string.Join(' ', faults));

        var marks = new SpokenMarkFile(Path.Combine(host.File.State, $"spoken-{host.Unit.Unit}"));
        var pace = SpeechPace.Usual;
        var voice = new ZoneVoice(configuration, speaker, clips, output, MinuteOfDay, host.Status);
        announcer = new Announcer(
            new AnnouncementQueue(marks.Read(), pace), marks, voice, pace, () => host.Clock.Certain, host.Status, host.Time);
        host.View<CallsMessage>(
            host.Topics.Calls(configuration.Zone), m => new JournalPosition(m.Journal, m.Seq), Observe);
        host.AliveWhile(announcer.IsAlive);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using (output)
        {
            await announcer.RunAsync(cancellation);
        }
    }

    /// <summary>Chime and a sentence in the zone's languages, when nothing else is to be said.</summary>
    public async Task<Finding> TryAsync(DoctorAsk ask, CancellationToken cancellation)
    {
        const string what = "sound";
        var texts = SoundTest.In(ask.Languages ?? []);
        var (device, zone) = (host.Unit.Audio!.Device, host.Unit.Audio.Zone);
        return await announcer.TryAsync(texts, cancellation) switch
        {
            { Fault: { } gone } => new Finding(what, Health.Broken, gone, "'aplay -L' lists what there is; the amplifier's cable and its volume come next."),
            { GaveWay: true } => new Finding(what, Health.Soon, "there was something to announce, so the test gave way", "Try again."),
            { Spoken: var spoken } when spoken < texts.Count => new Finding(
                what, Health.Broken, $"{device} sounded, but {texts.Count - spoken} of {texts.Count} languages cannot be spoken", "Install the voice or the recorded clips of every language of the zone."),
            _ => Finding.Well(what, $"{device} said the test phrase for zone {zone} in {string.Join(", ", texts.Keys)}: did the hall hear it?"),
        };
    }

    private void Observe(CallsMessage? calls)
    {
        // A cleared topic is a zone that is no longer configured: there is nothing to say, and nothing to take back.
        if (calls is not null)
        {
            announcer.Observe(calls);
        }
    }

    private int? MinuteOfDay() => host.Clock.LocalNow is { } wall ? (wall.Hour * 60) + wall.Minute : null;
}
