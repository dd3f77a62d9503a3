using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Roles.Dispenser.Desk;
using EdgeQueue.Node.Roles.Dispenser.Screen;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>A dispenser with a number pad, a scanner, two lines and a voice, and a person who uses them.</summary>
public abstract class CheckInTests : DispenserTests
{
    private readonly TempFolder folder = new();

    protected CheckInTests()
    {
        File.WriteAllText(KeyFile, Convert.ToHexStringLower(Key) + "\n");
        Screen = new DeskScreen(
            16, () => ["en", "nb", "ar"], language => language == "ar" ? "en" : language, (first, second) => Lines = (first, second), Said.Add, Dispenser.Loop);
        Dispenser.Desk.Noticed += Screen.Told;
        var (desk, phones) = (new CheckInDeskConfiguration(), new PhoneKey(KeyFile, Dispenser.Status));
        Questions = new QuestionDesk(desk, Dispenser.Menu, phones, () => Offer, Dispenser.Desk, Screen, Dispenser.Loop, Dispenser.Time);
        Desk = new CheckInDesk(desk, phones, () => Offer, Dispenser.Desk, Screen, Dispenser.Loop, Dispenser.Time, Questions);
        Screen.Rests(DeskPrompt.Welcome);
    }

    private protected static byte[] Key { get; } = [.. Enumerable.Range(1, PhoneHash.KeyLength).Select(i => (byte)i)];

    private protected string KeyFile => folder.File(PhoneHash.KeyFileName);

    private protected DeskScreen Screen { get; }

    private protected CheckInDesk Desk { get; }

    private protected QuestionDesk Questions { get; }

    /// <summary>What stands on the display.</summary>
    private protected (string First, string Second) Lines { get; private set; }

    /// <summary>What was said; null: silence.</summary>
    private protected List<Phrase?> Said { get; } = [];

    private protected CheckInOffer? Offer { get; set; } = new([CheckInBy.Number, CheckInBy.Phone, CheckInBy.Token], "47", "");

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Type(string digits)
    {
        foreach (var digit in digits)
        {
            Press(KeyText.KeyFor(digit)!.Value.Key);
        }
    }

    private protected void Press(KeyCode key)
    {
        Desk.Key(new KeyChanged(key, true, Dispenser.Time.GetTimestamp()));
        Desk.Key(new KeyChanged(key, false, Dispenser.Time.GetTimestamp()));
        Dispenser.Loop.RunPosted();
    }

    private protected void Scan(string text)
    {
        foreach (var (key, shift) in text.Select(c => KeyText.KeyFor(c)!.Value).Append((KeyCode.Enter, false)))
        {
            ScannerKey(KeyCode.LeftShift, shift);
            ScannerKey(key, true);
            ScannerKey(key, false);
            ScannerKey(KeyCode.LeftShift, false);
        }

        Dispenser.Loop.RunPosted();
    }

    private void ScannerKey(KeyCode key, bool down) => Desk.ScannerKey(new KeyChanged(key, down, Dispenser.Time.GetTimestamp()));
}
