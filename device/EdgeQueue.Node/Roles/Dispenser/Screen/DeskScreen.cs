using EdgeQueue.Core.Announcements;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser.Screen;

/// <summary>
/// What stands on the two lines and is said now: how the dispenser is while nobody is there, what is being typed, what
/// becomes of a press. In the language that the person has chosen, else the branch's first; forgotten when the last answer has
/// been read. Without a display and without a voice it does nothing. On the role's loop.
/// </summary>
/// <param name="columns">Of a line.</param>
/// <param name="written">The language that is shown for a language: not every display can write every one.</param>
/// <param name="show">Both lines; does not block.</param>
/// <param name="say">Speaks; what is being said is cut short. Does not block.</param>
public sealed class DeskScreen(
    int columns, Func<IReadOnlyList<string>> languages, Func<string, string> written, Action<string, string> show, Action<Phrase?> say,
    RoleLoop loop)
{
    /// <summary>Long enough to read two lines, short enough for whoever is next.</summary>
    public static readonly TimeSpan Reading = TimeSpan.FromSeconds(6);

    private DeskPrompt? resting;
    private string? asked;
    private IDisposable? timer;
    private bool occupied;

    /// <summary>Chosen with the language key; null: nothing was chosen.</summary>
    public string? Chosen { get; private set; }

    private string First => languages().FirstOrDefault() ?? "en";

    /// <summary>How the dispenser is while nobody is there. An evacuation is shown over everything.</summary>
    public void Rests(DeskPrompt how)
    {
        if (how != resting)
        {
            resting = how;
            if (how == DeskPrompt.Evacuation)
            {
                // The hall's loudspeakers have the word.
                say(null);
                Rest();
            }
            else if (!occupied)
            {
                Rest();
            }
        }
    }

    /// <summary>Shows the resting state now, in the chosen language.</summary>
    public void Rest()
    {
        timer?.Dispose();
        (occupied, asked, Chosen) = (false, null, null);
        if (resting is { } how)
        {
            Lines(how, First);
        }
    }

    /// <summary>The next of the branch's languages, until this person has been answered.</summary>
    public void NextLanguage()
    {
        var all = languages();
        if (resting is not { } how || how == DeskPrompt.Evacuation || all.Count == 0)
        {
            return;
        }

        var chosen = all[(all.ToList().IndexOf(Chosen ?? First) + 1) % all.Count];
        Chosen = chosen;
        Lines(how, chosen);
        say(DeskWords.Spoken(how, chosen));
        Until(Reading + Reading);
    }

    /// <summary>A question, until it is answered or whoever asks takes it back.</summary>
    public void Asks(DeskPrompt question, string? language)
    {
        if (resting == DeskPrompt.Evacuation)
        {
            return;
        }

        asked = null;
        var own = language ?? Chosen ?? First;
        show(DeskWords.Lines(question, written(own)).First, "> ");
        say(DeskWords.Spoken(question, own));
        timer?.Dispose();
        occupied = true;
    }

    /// <summary>The digits so far; the last of them when there are more than fit.</summary>
    public void Typing(string digits, DeskPrompt above = DeskPrompt.YourNumber, string? language = null)
    {
        if (resting == DeskPrompt.Evacuation)
        {
            return;
        }

        // Nobody is spoken over while they type.
        say(null);
        var room = columns - 2;
        show(DeskWords.Lines(above, written(language ?? Chosen ?? First)).First, "> " + digits[Math.Max(0, digits.Length - room)..]);
        // Who types decides when the digits go.
        timer?.Dispose();
        occupied = true;
    }

    /// <summary>Says something to whoever is there.</summary>
    public void Say(DeskPrompt prompt, string? language = null, string label = "")
    {
        asked = null;
        Answer(prompt, language, label);
    }

    /// <summary>What became of a press. A late refusal of a press that was answered here already is not told again.</summary>
    public void Told(DeskNotice notice)
    {
        switch (notice)
        {
            case DeskNotice.Asked { Job: var job, Language: var language }:
                asked = job;
                Answer(DeskPrompt.Wait, language, "");
                break;
            case DeskNotice.Issued { Label: var label, Language: var language }:
                Say(DeskPrompt.Issued, Chosen ?? language, label);
                break;
            case DeskNotice.Refused refused when refused.Job is null || refused.Job == asked:
                asked = null;
                Answer(DeskAnswers.Of(refused.Code, refused.ByPress), refused.Language, "", refused.At);
                break;
        }
    }

    /// <param name="at">A time in place of the second line, which needs no words; null: the prompt's own.</param>
    private void Answer(DeskPrompt prompt, string? language, string label, string? at = null)
    {
        if (resting == DeskPrompt.Evacuation)
        {
            return;
        }

        var own = language ?? Chosen ?? First;
        Lines(prompt, own, label, at);
        say(DeskWords.Spoken(prompt, own, label));
        Until(Reading);
    }

    private void Lines(DeskPrompt prompt, string language, string label = "", string? at = null)
    {
        var (first, second) = DeskWords.Lines(prompt, written(language), label);
        show(first, at is null || at.Length > columns ? second : at.Length + 2 > columns ? at : $"→ {at}");
    }

    private void Until(TimeSpan span)
    {
        timer?.Dispose();
        occupied = true;
        IDisposable? mine = null;
        mine = loop.After(span, () =>
        {
            if (ReferenceEquals(mine, timer))
            {
                Rest();
            }
        });
        timer = mine;
    }
}
