using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Screen;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>
/// Number pad and scanner: from keys and codes to a booking that is to be checked in. The grammar is <c>digits Enter</c>, or a
/// scan at any moment; each key is answered on the screen at once, and what leads nowhere with a sentence. On the role's loop.
/// </summary>
public sealed class CheckInDesk
{
    /// <summary>A scanner that is held over a code reads it again and again.</summary>
    public static readonly TimeSpan SameScan = TimeSpan.FromSeconds(3);

    private readonly CheckInDeskConfiguration configuration;
    private readonly PadKeys keys;
    private readonly NumberEntry entry;
    private readonly ScannerText scanner = new(ScannerText.UsualGap);
    private readonly PhoneKey phones;
    private readonly Func<CheckInOffer?> offer;
    private readonly TicketDesk tickets;
    private readonly DeskScreen screen;
    private readonly RoleLoop loop;
    private readonly TimeProvider time;
    private IDisposable? look;
    private string lastScan = "";
    private long lastScanAt;

    private readonly QuestionDesk? questions;

    /// <param name="offer">What the hub says may be typed or scanned; null: the branch takes no bookings, or the hub is away.</param>
    /// <param name="questions">What buttons ask; while a question stands the keys are its answer. Null: none asks.</param>
    public CheckInDesk(
        CheckInDeskConfiguration configuration, PhoneKey phones, Func<CheckInOffer?> offer, TicketDesk tickets, DeskScreen screen,
        RoleLoop loop, TimeProvider time, QuestionDesk? questions = null)
    {
        (this.configuration, this.phones, this.offer, this.questions) = (configuration, phones, offer, questions);
        (this.tickets, this.screen, this.loop, this.time) = (tickets, screen, loop, time);
        keys = new PadKeys(configuration.Keypad?.Keys ?? new Dictionary<string, string>());
        entry = new NumberEntry(CheckInGrammar.MostDigits(configuration), TimeSpan.FromSeconds(configuration.TimeOutSeconds), time);
    }

    /// <summary>The hub's offer has come: a missing key for phone numbers is told now and not to the first customer.</summary>
    public void Offered()
    {
        if (configuration.Keypad is not null && offer()?.By.Contains(CheckInBy.Phone) is true)
        {
            phones.Load();
        }
    }

    /// <summary>A key of the number pad.</summary>
    /// <returns>Whether somebody pressed something that is answered.</returns>
    public bool Key(KeyChanged change)
    {
        // Old presses come together after a standstill, when nobody stands there any more.
        if (!change.Down || time.GetElapsedTime(change.At) > ButtonPresses.TooOld)
        {
            return false;
        }

        var (digit, function) = keys.Of(change.Key);
        if (questions is { Asks: true } asking && Answer(asking, digit, function))
        {
            return true;
        }

        switch (digit, function)
        {
            case ({ } typed, _):
                Type(typed);
                return true;
            case (_, PadFunction.Enter):
                Enter();
                return true;
            case (_, PadFunction.Back):
                entry.Back();
                ShowEntry();
                return true;
            case (_, PadFunction.Clear):
                Forget();
                screen.Rest();
                return true;
            case (_, PadFunction.Language):
                Forget();
                screen.NextLanguage();
                return true;
            default:
                return false;
        }
    }

    /// <returns>False: the key does what it always does, and the question is taken back.</returns>
    private static bool Answer(QuestionDesk asking, int? digit, PadFunction function)
    {
        switch (digit, function)
        {
            case ({ } typed, _):
                asking.Type(typed);
                return true;
            case (_, PadFunction.Enter):
                asking.Enter();
                return true;
            case (_, PadFunction.Back):
                asking.Back();
                return true;
            case (_, PadFunction.None):
                return false;
            default:
                asking.Forget();
                return false;
        }
    }

    /// <summary>A key that the scanner typed.</summary>
    public void ScannerKey(KeyChanged change)
    {
        if (scanner.Take(change) is { } text)
        {
            Scanned(text.Trim());
        }
    }

    /// <summary>The scanner was unplugged in the middle of a code.</summary>
    public void ScannerGone() => scanner.Forget();

    private void Type(int digit)
    {
        // Better now than after twelve digits.
        if (entry.IsEmpty && !tickets.MayCheckIn(screen.Chosen))
        {
            return;
        }

        if (!entry.Type(digit))
        {
            Forget();
            screen.Say(DeskPrompt.WrongNumber);
            return;
        }

        ShowEntry();
    }

    private void Enter()
    {
        if (entry.IsEmpty)
        {
            screen.Rest();
            return;
        }

        var digits = entry.Take();
        look?.Dispose();
        Ask(CheckInGrammar.OfDigits(digits, configuration), digits);
    }

    private void Scanned(string text)
    {
        if (text == lastScan && time.GetElapsedTime(lastScanAt) < SameScan)
        {
            lastScanAt = time.GetTimestamp();
            return;
        }

        (lastScan, lastScanAt) = (text, time.GetTimestamp());
        if (questions?.Scan(text) is true)
        {
            return;
        }

        questions?.Forget();
        Forget();
        Ask(CheckInGrammar.OfCode(text), text);
    }

    private void Ask(CheckInBy? by, string value)
    {
        if (!tickets.MayCheckIn(screen.Chosen))
        {
            return;
        }

        var offered = offer();
        if (by is not { } kind || offered is null || !offered.By.Contains(kind))
        {
            screen.Say(offered is null ? DeskPrompt.NotPossible : DeskPrompt.WrongNumber);
            return;
        }

        if (kind == CheckInBy.Phone)
        {
            if (phones.HashOf(value, offered.CountryCode, offered.TrunkPrefix) is not { } hash)
            {
                screen.Say(phones.Load() ? DeskPrompt.WrongNumber : DeskPrompt.NotPossible);
                return;
            }

            value = hash;
        }

        tickets.CheckIn(kind, value, screen.Chosen);
    }

    /// <summary>Whoever was typing does something else.</summary>
    public void Forget()
    {
        look?.Dispose();
        entry.Forget();
    }

    private void ShowEntry()
    {
        look?.Dispose();
        if (entry.NextLook is not { } next)
        {
            screen.Rest();
            return;
        }

        screen.Typing(entry.Shown);
        IDisposable? mine = null;
        mine = loop.After(next, () =>
        {
            // One that was replaced meanwhile may have been posted already.
            if (ReferenceEquals(mine, look))
            {
                Look();
            }
        });
        look = mine;
    }

    private void Look()
    {
        if (entry.Look() == EntryChange.TimedOut)
        {
            screen.Say(DeskPrompt.TimedOut);
        }
        else
        {
            ShowEntry();
        }
    }
}
