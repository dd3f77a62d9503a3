using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>What the buttons offer, kept on disk so that a dispenser that reboots without its hub still knows.</summary>
public sealed class Menu(string path, DispenserConfiguration configuration)
{
    private byte[]? kept;

    /// <summary>Null: this dispenser has never heard of its hub.</summary>
    public DispenserMessage? Current { get; private set; }

    public IReadOnlyList<string> Services =>
        [.. (Current?.Menu.Select(m => m.Service) ?? configuration.Buttons.Select(b => b.Service)).Distinct()];

    /// <summary>Reads what was kept; a file that is not a menu is as good as none.</summary>
    public void Load()
    {
        if (DurableFile.Read(path) is { } bytes && ContractJson.TryRead<DispenserMessage>(bytes, out var message, out _))
        {
            (Current, kept) = (message, bytes);
        }
    }

    /// <summary>Takes the hub's new menu; it is written only when more has changed than how many wait.</summary>
    /// <exception cref="IOException">In force, but not kept.</exception>
    public void Take(DispenserMessage message)
    {
        Current = message;
        var lasting = ContractJson.Write(message with
        {
            Seq = 0, Copies = null, Menu = [.. message.Menu.Select(m => m with { Waiting = 0 })],
        });
        if (kept is null || !lasting.AsSpan().SequenceEqual(kept))
        {
            DurableFile.Write(path, lasting);
            kept = lasting;
        }
    }

    /// <summary>What the unit's own file says of a button: wishes are nowhere else.</summary>
    /// <param name="button">From 0.</param>
    public ButtonConfiguration Own(int button) => configuration.Buttons[button];

    /// <summary>
    /// What a button stands for. The hub's word, where it has spoken; else the unit's own file, which names the same service.
    /// </summary>
    /// <param name="button">From 0.</param>
    public MenuEntry Entry(int button)
    {
        var own = configuration.Buttons[button];
        return Current?.Menu.FirstOrDefault(m => m.Button == button + 1)
            ?? new MenuEntry(button + 1, own.Service, own.Segment, own.Language, new Dictionary<string, string>(), "", 1, true, 0);
    }
}
