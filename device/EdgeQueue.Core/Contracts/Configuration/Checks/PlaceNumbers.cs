using System.Globalization;
using System.Text;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>What is written on counters and buffers: people walk to it, so no two may be taken for one another.</summary>
internal static class PlaceNumbers
{
    public static void Run(BranchUnderCheck branch)
    {
        var counters = branch.Root["counters"].Items.Select(c => c["number"]).Where(n => n.Text is not null && !branch.IsTold(n)).ToList();
        foreach (var number in counters.Where(n => n.Text!.Any(IsBlankOrUnseen) && !n.Text!.Any(char.IsControl)))
        {
            if (number.Text!.Trim().Length != number.Text.Length || number.Text.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format))
            {
                branch.Fault(number.Path, "There is a blank at an end of this number, or a character in it that nobody can see. Write it anew without.");
            }
        }

        branch.Unique(
            counters.Select(n => (n, (string?)n.Text)), (value, first) => $"'{value}' is already the number of {first}. Give each its own.");
        Buffers(branch, counters);
        var seen = new Dictionary<string, ConfigurationElement>();
        foreach (var number in counters.DistinctBy(n => n.Text))
        {
            if (!seen.TryAdd(Look(number.Text!), number))
            {
                var first = seen[Look(number.Text!)];
                branch.Fault(number.Path, $"'{number.Text}' is read as '{first.Text}' at {first.Path}: people would go to the other. Give each a number that cannot be taken for another.");
            }
        }
    }

    /// <summary>A buffer may have a counter's number only where it is another kind of place: "room 1" is not "counter 1".</summary>
    private static void Buffers(BranchUnderCheck branch, List<ConfigurationElement> numbers)
    {
        var counters = branch.Root["counters"].Items.Where(c => numbers.Any(n => n.Path == c["number"].Path))
            .Select(c => (Said: (c["place"].Text ?? "counter", Look(c["number"].Text!)), c["number"].Path)).ToList();
        foreach (var buffer in branch.Root["buffers"].Items.Where(b => b["number"].Text is { Length: > 0 } && !branch.IsTold(b["number"])))
        {
            if (counters.FirstOrDefault(c => c.Said == (buffer["place"].Text ?? "room", Look(buffer["number"].Text!))) is { Path: { } taken })
            {
                branch.Fault(buffer["number"].Path, $"People would be called to two places by one name: the counter at {taken} is said like this. Give the buffer another number, or another kind of place.");
            }
        }
    }

    /// <summary>What is left when it is read: figures of all scripts and widths alike, no leading zeros, letters that look like figures as those.</summary>
    private static string Look(string number)
    {
        var look = new StringBuilder();
        foreach (var c in number.Normalize(NormalizationForm.FormKC).Where(c => !IsBlankOrUnseen(c)))
        {
            look.Append(CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : Lookalikes.Digit(c) ?? Lookalikes.Skeleton(c.ToString())[0]);
        }

        var text = look.ToString();
        return text.TrimStart('0') is { Length: > 0 } rest ? rest : text[..Math.Min(1, text.Length)];
    }

    private static bool IsBlankOrUnseen(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
