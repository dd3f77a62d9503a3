using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Roles.Dispenser.Screen;

/// <summary>The dispenser's two lines and its voice, as configured: one, both, or none.</summary>
internal sealed class DeskFace : IDisposable
{
    private readonly ITextDisplay? display;
    private readonly ScreenWriter? writer;
    private readonly PromptVoice? voice;

    public DeskFace(NodeHost host, RoleLoop loop, Menu menu)
    {
        var dispenser = host.Unit.Dispenser!;
        if (dispenser.Screen is { } screen)
        {
            display = new TextDisplayModel(screen.Chip, screen.Columns).Open(screen.Path, (byte)screen.Address);
            writer = new ScreenWriter(display, host.Status);
        }

        if (dispenser.Speech is { } speech)
        {
            var (clips, faults) = speech.Clips is { } folder ? ClipLibrary.Scan(folder) : (ClipLibrary.Empty, []);
            host.Status.Fault("clipsInvalid", faults.Length == 0 ? null : string.Join(' ', faults));
            voice = new PromptVoice(
                speech, new VoicesOnDemand(), clips, new AlsaOutput(speech.Device),
                () => host.Clock.LocalNow is { } wall ? (wall.Hour * 60) + wall.Minute : null, host.Status);
        }

        Screen = new DeskScreen(
            display?.Columns ?? 16, () => menu.Current?.Languages ?? [], language => Written(dispenser.Screen, language),
            (first, second) => writer?.Show(first, second), phrase => voice?.Say(phrase), loop);
    }

    public DeskScreen Screen { get; }

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(
        writer?.RunAsync(cancellation) ?? Task.CompletedTask, voice?.RunAsync(cancellation) ?? Task.CompletedTask);

    public void Dispose() => display?.Dispose();

    private static string Written(ScreenConfiguration? screen, string language) =>
        screen?.Instead.GetValueOrDefault(language) is { } instead ? instead
        : TextDisplayKind.Of(screen?.Chip)?.CanWrite(language) is false ? "en"
        : language;
}
