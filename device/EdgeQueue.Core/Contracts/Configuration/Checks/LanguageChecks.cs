using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Every text in every language of the branch, and every spoken language with words and letters.</summary>
internal static class LanguageChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        Complete(branch, branch.Root["name"]);
        foreach (var list in (string[])["services", "segments", "zones"])
        {
            foreach (var item in branch.Root[list].Items)
            {
                Complete(branch, item["name"]);
            }
        }

        if (branch.Root["evacuation"].Properties.Any())
        {
            Complete(branch, branch.Root["evacuation"]);
        }

        foreach (var language in branch.Root["zones"].Items.SelectMany(z => z["languages"].Items))
        {
            IsOfTheBranch(branch, language);
        }

        foreach (var (_, unit) in branch.Units)
        {
            foreach (var button in unit["dispenser"]["buttons"].Items)
            {
                IsOfTheBranch(branch, button["language"]);
            }

            if (unit["audio"].Exists)
            {
                Speaks(branch, unit["audio"]);
            }
        }
    }

    private static void Complete(BranchUnderCheck branch, ConfigurationElement texts)
    {
        var given = texts.Properties.Select(p => p.Name).ToHashSet();
        if (given.Count == 0)
        {
            return; // told already: it is missing, or empty
        }

        foreach (var missing in branch.Languages.Where(l => !given.Contains(l)))
        {
            branch.Fault(texts.Path, $"The text in '{missing}' is missing; the branch has that language. Add it.");
        }

        foreach (var (name, text) in texts.Properties.Where(p => !branch.Languages.Contains(p.Name)))
        {
            branch.Fault(text.Path, $"'{name}' is not one of the branch's languages ({string.Join(", ", branch.Languages)}). Add it to $.languages, or remove this text.");
        }
    }

    private static void IsOfTheBranch(BranchUnderCheck branch, ConfigurationElement language)
    {
        if (language.Text is { } tag && !branch.Languages.Contains(tag))
        {
            branch.Fault(language.Path, $"'{tag}' is not one of the branch's languages ({string.Join(", ", branch.Languages)}). Add it to $.languages, or use one of them.");
        }
    }

    private static void Speaks(BranchUnderCheck branch, ConfigurationElement audio)
    {
        var zone = branch.Root["zones"].Items.FirstOrDefault(z => z["id"].Text is { } id && id == audio["zone"].Text);
        var own = zone["languages"].Items.Any() ? zone["languages"] : branch.Root["languages"];
        foreach (var language in own.Items.Where(l => l.Text is not null))
        {
            if (Languages.Find(language.Text!) is null)
            {
                branch.Fault(
                    language.Path,
                    $"{audio.Path} speaks '{language.Text}', for which there are no words. Give zone '{audio["zone"].Text}' its own 'languages' from: {string.Join(", ", Languages.Codes)}.");
                continue;
            }

            // Recorded words may say what the synthesiser has no name for.
            foreach (var prefix in audio["clips"].Exists ? [] : branch.Root["services"].Items.Select(s => s["prefix"]))
            {
                if (AnnouncementPhrases.LettersWithoutName(prefix.Text ?? "", language.Text!) is { Length: > 0 } letters)
                {
                    branch.Fault(prefix.Path, $"'{letters[0]}' has no name in '{language.Text}', in which {audio.Path} calls. Use another letter, or recorded clips there.");
                }
            }
        }
    }
}
