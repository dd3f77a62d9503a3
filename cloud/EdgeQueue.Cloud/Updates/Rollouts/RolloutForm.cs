using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>What is typed for a new roll-out, kept as it was typed until it is right.</summary>
/// <param name="Bundles">One a line: kind of image, version, size in bytes, SHA-256, address.</param>
/// <param name="Stages">One a line: percent, and perhaps a region behind it.</param>
internal sealed record RolloutForm(string Title, string Bundles, string Stages, string MostFailures, string PauseHours)
{
    public static readonly RolloutForm Empty = new("", "", "1\n10\n50\n100", "0", "24");

    public static RolloutForm Of(IFormCollection form)
    {
        string Said(string name) => StorableText.Of(form[name].ToString().Trim());
        return new RolloutForm(Said("title"), Said("bundles"), Said("stages"), Said("failures"), Said("pause"));
    }

    /// <returns>Null with a fault.</returns>
    public NewRollout? Read(out string? fault)
    {
        List<WishedBundle> bundles = [];
        foreach (string line in Lines(Bundles))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var kind, var version, var size, var sha256, var address]
                || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                || new WishedBundle(kind, version, bytes, sha256, address) is not { } bundle || !bundle.IsWhole())
            {
                fault = $"'{line}' is no bundle: write its kind, version, size in bytes, SHA-256 in lower case, and an address https://….";
                return null;
            }

            bundles.Add(bundle);
        }

        List<RolloutStage> stages = [];
        foreach (string line in Lines(Stages))
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int percent) || percent is < 1 or > 100 || Forms.Region(words.Length > 1 ? words[1] : "") is not { } region)
            {
                fault = $"'{line}' is no stage: write a percentage from 1 to 100, and behind it a region if it is for one.";
                return null;
            }

            stages.Add(new RolloutStage(region, percent));
        }

        var wanted = new NewRollout(Title, bundles, stages, Number(MostFailures), Number(PauseHours) * 3_600_000);
        fault = wanted.WhyNot();
        return fault is null ? wanted : null;
    }

    /// <summary>-1: it is none.</summary>
    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? Math.Min(number, 1_000_000) : -1;

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
