using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Screen;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>
/// What a button asks before its ticket: one question after the other, each answered with digits and Enter, or a scan. Nobody
/// gets a ticket who goes away in the middle. While the hub is away nobody is asked who they are: that is not kept here (law 12).
/// On the role's loop.
/// </summary>
/// <param name="offer">For the form of phone numbers.</param>
public sealed class QuestionDesk(
    CheckInDeskConfiguration desk, Menu menu, PhoneKey phones, Func<CheckInOffer?> offer, TicketDesk tickets, DeskScreen screen, RoleLoop loop,
    TimeProvider time)
{
    private readonly TimeSpan timeOut = TimeSpan.FromSeconds(desk.TimeOutSeconds);
    private readonly Queue<Question> open = new();
    private NumberEntry entry = new(0, TimeSpan.Zero, time);
    private Answers answers = Answers.None;
    private int button;
    private string? language;
    private IDisposable? look;

    /// <summary>A question stands on the screen: the number pad answers it.</summary>
    public bool Asks => open.Count > 0;

    /// <summary>A press of a button (from 0) that asks something.</summary>
    /// <returns>False: it asks nothing, now.</returns>
    public bool Begin(int pressed)
    {
        Forget();
        var ask = (menu.Own(pressed).Ask ?? []).Select(name => Question.Of(name, desk)).OfType<Question>()
            .Where(q => tickets.HubAnswers || !q.IsWho).ToList();
        if (ask.Count == 0)
        {
            return false;
        }

        (button, language, answers) = (pressed, menu.Entry(pressed).Language ?? screen.Chosen, Answers.None);
        if (tickets.MayTake(button))
        {
            ask.ForEach(open.Enqueue);
            Ask();
        }

        return true;
    }

    public void Type(int digit)
    {
        if (entry.Type(digit))
        {
            Show();
        }
        else
        {
            Ask();
        }
    }

    public void Back()
    {
        entry.Back();
        Show();
    }

    public void Enter()
    {
        var digits = entry.Take();
        Take(open.Peek().Typed(answers, digits, typed =>
            offer() is { } offered ? phones.HashOf(typed, offered.CountryCode, offered.TrunkPrefix) : null));
    }

    /// <returns>False: it answers nothing that is asked.</returns>
    public bool Scan(string text)
    {
        if (!Asks || open.Peek().Scanned(answers, text) is not { } answered)
        {
            return false;
        }

        Take(answered);
        return true;
    }

    /// <summary>Whoever was asked wants something else, or nothing.</summary>
    public void Forget()
    {
        look?.Dispose();
        open.Clear();
        entry.Forget();
        answers = Answers.None;
    }

    /// <summary>The next question; the same again when what was typed is no answer to it.</summary>
    private void Take(Answers? answered)
    {
        if (answered is not null)
        {
            answers = answered;
            open.Dequeue();
        }

        if (Asks)
        {
            Ask();
            return;
        }

        var all = answers;
        Forget();
        tickets.Press(button, all);
    }

    private void Ask()
    {
        var question = open.Peek();
        entry = new NumberEntry(question.MostDigits, timeOut, time);
        screen.Asks(question.Prompt, language);
        After(timeOut);
    }

    private void Show()
    {
        screen.Typing(entry.Shown, open.Peek().Prompt, language);
        After(entry.NextLook ?? timeOut);
    }

    private void After(TimeSpan span)
    {
        look?.Dispose();
        IDisposable? mine = null;
        mine = loop.After(span, () =>
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
        if (entry.IsEmpty || entry.Look() == EntryChange.TimedOut)
        {
            Forget();
            screen.Say(Core.Announcements.DeskPrompt.TimedOut, language);
        }
        else
        {
            Show();
        }
    }
}
