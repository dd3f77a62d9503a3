using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Ticket labels: numbers that cannot meet, letters that can be shown and told apart.</summary>
internal static class LabelChecks
{
    private sealed record Labels(
        ConfigurationElement Service, string Prefix, int Digits, int First, int Last, int OfflineFirst, int OfflineLast)
    {
        public bool SameNumbers(Labels other) => this with { Service = default } == other with { Service = default };

        public int Width => Prefix.Length + Math.Max(Digits, Math.Max(Last, OfflineLast).ToString(CultureInfo.InvariantCulture).Length);
    }

    private static readonly ServiceConfiguration Default =
        new() { Id = "", Prefix = "", Name = new Dictionary<string, string>(), TargetWaitSeconds = 1 };

    public static void Run(BranchUnderCheck branch)
    {
        var services = branch.Root["services"].Items.Where(s => s["prefix"].Text is not null && !branch.IsTold(s["prefix"])).Select(s => new Labels(
            s, s["prefix"].Text!, s["digits"].Number ?? Default.Digits,
            s["firstNumber"].Number ?? Default.FirstNumber, s["lastNumber"].Number ?? Default.LastNumber,
            s["offlineFirst"].Number ?? Default.OfflineFirst, s["offlineLast"].Number ?? Default.OfflineLast)).ToArray();
        foreach (var labels in services)
        {
            Numbers(branch, labels);
            Letters(branch, labels);
        }

        Alphabets(branch, services);
        for (var i = 0; i < services.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Pair(branch, services[j], services[i]))
                {
                    break; // one sentence about a service is enough
                }
            }
        }

        foreach (var (_, unit) in branch.Units.Where(u => u.Unit["display"].Exists))
        {
            Shown(branch, services, unit["display"]);
        }
    }

    private static void Numbers(BranchUnderCheck branch, Labels labels)
    {
        var service = labels.Service;
        if (labels.First > labels.Last)
        {
            branch.Fault(service["lastNumber"].Path, $"The last number {labels.Last} is below the first, {labels.First}.");
        }

        if (labels.OfflineFirst > labels.OfflineLast)
        {
            branch.Fault(service["offlineLast"].Path, $"The last offline number {labels.OfflineLast} is below the first, {labels.OfflineFirst}.");
            return;
        }

        if (labels.First <= labels.OfflineLast && labels.OfflineFirst <= labels.Last)
        {
            branch.Fault(
                service["offlineFirst"].Path,
                $"The offline numbers {labels.OfflineFirst} … {labels.OfflineLast} overlap the ordinary ones {labels.First} … {labels.Last}: a number could be given twice. Move them apart.");
        }

        var block = branch.Root["policy"]["leaseBlock"].Number ?? new PolicyConfiguration().LeaseBlock;
        if (labels.OfflineLast - labels.OfflineFirst + 1 < block)
        {
            branch.Fault(
                service["offlineLast"].Path,
                $"Offline numbers: {labels.OfflineLast - labels.OfflineFirst + 1}, fewer than one lease of {block} ($.policy.leaseBlock). Widen them, or lease less.");
        }
    }

    private static void Letters(BranchUnderCheck branch, Labels labels)
    {
        var prefix = labels.Service["prefix"];
        if (labels.Prefix.ToUpperInvariant() != labels.Prefix)
        {
            branch.Fault(prefix.Path, $"'{labels.Prefix}' has small letters; displays and tickets show capitals. Write '{labels.Prefix.ToUpperInvariant()}'.");
        }

        if (labels.Prefix.Any(Lookalikes.IsForm))
        {
            branch.Fault(prefix.Path, $"'{labels.Prefix}' has a letter of another width or form ({Code(labels.Prefix)}). Type it as it is.");
        }

        foreach (var letter in labels.Prefix.Where(c => Lookalikes.Digit(c) is not null).Distinct())
        {
            branch.Fault(prefix.Path, $"People read the letter '{letter}' as the figure {Lookalikes.Digit(letter)}. Use another letter.");
        }
    }

    /// <summary>The twins of Latin, Greek and Cyrillic are known letter by letter. Others are not: there one alphabet is enough.</summary>
    private static void Alphabets(BranchUnderCheck branch, Labels[] services)
    {
        var first = services.FirstOrDefault(s => s.Prefix.Length > 0);
        foreach (var labels in services)
        {
            if (labels.Prefix.FirstOrDefault(c => Lookalikes.Alphabet(c) != Lookalikes.Alphabet(first!.Prefix[0])) is var letter && letter != default)
            {
                branch.Fault(labels.Service["prefix"].Path, $"'{labels.Prefix}' has a letter of another alphabet than '{first!.Prefix}' at {first.Service["prefix"].Path} ({Code(letter.ToString())}), and people may take one for the other. Use letters of one alphabet.");
            }
        }
    }

    private static bool Pair(BranchUnderCheck branch, Labels one, Labels other)
    {
        var path = other.Service["prefix"].Path;
        if (one.Prefix == other.Prefix)
        {
            if (one.SameNumbers(other))
            {
                return false;
            }

            branch.Fault(path, $"'{other.Prefix}' is also the prefix at {one.Service["prefix"].Path}, with other numbers or digits. Services that share a prefix share the numbers: make all five alike, or use another prefix.");
            return true;
        }

        if (Lookalikes.Skeleton(one.Prefix) != Lookalikes.Skeleton(other.Prefix))
        {
            return false;
        }

        branch.Fault(path, $"'{other.Prefix}' looks like '{one.Prefix}' at {one.Service["prefix"].Path} but is of another alphabet or case ({Code(other.Prefix)} and {Code(one.Prefix)}). Use another letter.");
        return true;
    }

    private static void Shown(BranchUnderCheck branch, Labels[] services, ConfigurationElement display)
    {
        if (DisplayKind.Of(display["chip"].Text) is not { } kind)
        {
            return; // told already: not a chip
        }

        var columns = kind.Columns(display["size"].Number ?? new DisplayConfiguration { Counter = "", Chip = "", Path = "" }.Size);

        foreach (var text in new[] { display["closedText"], display["pausedText"] }.Where(t => t.Text is not null && !branch.IsTold(t)))
        {
            if (text.Text!.Length > columns)
            {
                branch.Fault(text.Path, $"This text is {text.Text.Length} characters long, and the display shows {columns}. Shorten it.");
            }
        }

        foreach (var labels in services)
        {
            var path = labels.Service["prefix"].Path;
            if (kind.Missing(labels.Prefix).ToArray() is { Length: > 0 } missing)
            {
                branch.Fault(path, $"{display.Path} is {kind.Name}, which cannot show '{string.Join("', '", missing)}' so that it is told from other characters. Use another letter, or another display.");
            }

            if (labels.Width > columns)
            {
                branch.Fault(path, $"Labels of this service are {labels.Width} characters long, {display.Path} shows {columns}. Use a shorter prefix or smaller numbers, or a wider display.");
            }
        }
    }

    private static string Code(string text) =>
        string.Join(' ', text.Select(c => "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)));
}
