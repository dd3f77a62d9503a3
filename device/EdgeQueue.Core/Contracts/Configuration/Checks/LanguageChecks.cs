using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Every text in every language of the branch, and every spoken language with words and letters.</summary>
internal static class LanguageChecks
{
    /// <summary>More of one kind are one fault: somebody added or misspelt a language, and knows.</summary>
    private const int MostAlike = 3;

    public static void Run(BranchUnderCheck branch)
    {
        List<ConfigurationElement> all = [branch.Root["name"]];
        foreach (var list in (string[])["services", "segments", "zones"])
        {
            foreach (var item in branch.Root[list].Items)
            {
                all.Add(item["name"]);
            }
        }

        all.Add(branch.Root["evacuation"]);

        // Those without any are told already: missing, or empty; or, of the evacuation, not wanted.
        Complete(branch, [.. all.Where(t => t.Properties.Any())]);

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

    private static void Complete(BranchUnderCheck branch, List<ConfigurationElement> all)
    {
        foreach (var language in branch.Root["languages"].Items.Where(l => l.Text is not null && !branch.IsTold(l)).DistinctBy(l => l.Text))
        {
            var missing = all.Where(texts => texts.Properties.All(p => p.Name != language.Text)).ToList();
            if (missing.Count > MostAlike)
            {
                branch.Fault(
                    language.Path,
                    $"{missing.Count} texts are missing in '{language.Text}': {Paths(missing)}. Add them, or remove the language.");
                continue;
            }

            foreach (var texts in missing)
            {
                branch.Fault(texts.Path, $"The text in '{language.Text}' is missing; the branch has that language. Add it.");
            }
        }

        var known = branch.Languages.ToHashSet();
        foreach (var others in all.SelectMany(t => t.Properties).Where(p => !known.Contains(p.Name) && !branch.IsTold(p.Value)).GroupBy(p => p.Name))
        {
            if (others.Count() > MostAlike)
            {
                branch.Fault(
                    branch.Root["languages"].Path,
                    $"{others.Count()} texts are in '{others.Key}', which is not here: {Paths([.. others.Select(o => o.Value)])}. Add '{others.Key}', or remove those texts.");
                continue;
            }

            foreach (var (name, text) in others)
            {
                branch.Fault(text.Path, $"'{name}' is not one of the branch's languages ({string.Join(", ", branch.Languages)}). Add it to $.languages, or remove this text.");
            }
        }
    }

    private static string Paths(List<ConfigurationElement> places) =>
        string.Join(", ", places.Take(3).Select(p => p.Path)) + (places.Count > 3 ? ", …" : "");

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
        foreach (var language in own.Items.Where(l => l.Text is not null && !branch.IsTold(l)))
        {
            if (Languages.Find(language.Text!) is null)
            {
                branch.Fault(
                    language.Path,
                    $"{audio.Path} speaks '{language.Text}', for which there are no words. Give zone '{audio["zone"].Text}' its own 'languages' from: {string.Join(", ", Languages.Codes)}.");
                continue;
            }

            // Recorded words may say what the synthesiser has no name for.
            foreach (var prefix in audio["clips"].Exists ? [] : branch.Root["services"].Items.Select(s => s["prefix"]).Where(p => !branch.IsTold(p)))
            {
                if (AnnouncementPhrases.LettersWithoutName(prefix.Text ?? "", language.Text!) is { Length: > 0 } letters)
                {
                    branch.Fault(prefix.Path, $"'{letters[0]}' has no name in '{language.Text}', in which {audio.Path} calls. Use another letter, or recorded clips there.");
                }
            }
        }
    }
}
