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
    public const int LongestTitle = 80;

    private const int MostStages = 20;

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

        long failures = 0;
        long hours = 0;
        fault = Title is not { Length: > 0 and <= LongestTitle } ? $"A roll-out has a name of at most {LongestTitle} characters."
            : bundles.Count == 0 ? "Say which bundles."
            : new UpdateWish(1, 1, bundles).WhyNot() is { } why ? $"These bundles cannot be told: {why}."
            : stages.Count is 0 or > MostStages ? $"A roll-out has 1 to {MostStages} stages."
            : !long.TryParse(MostFailures, NumberStyles.None, CultureInfo.InvariantCulture, out failures) || failures > 100_000 ? "How many branches may fail is a number from 0 on."
            : !long.TryParse(PauseHours, NumberStyles.None, CultureInfo.InvariantCulture, out hours) || hours > 24 * 60 ? "The pause between two stages is in hours, from 0 to 1,440."
            : null;
        return fault is null ? new NewRollout(Title, bundles, stages, failures, hours * 3_600_000) : null;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
