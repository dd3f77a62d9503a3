using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Texts without characters that nobody sees and that displays, printers and terminals act upon.</summary>
internal static class TextChecks
{
    private static readonly string[] LinkGaps = ["branch", "visit", "label", "secret"];

    public static void Run(BranchUnderCheck branch)
    {
        Look(branch, branch.Root);
        Link(branch, branch.Root["ticketLink"]);
    }

    /// <summary>A gap that nothing fills would stand in every QR code.</summary>
    private static void Link(BranchUnderCheck branch, ConfigurationElement link)
    {
        var text = link.Text ?? "";
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            var gap = close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
            if (close < 0 || !LinkGaps.Contains(gap))
            {
                branch.Fault(link.Path, $"Nothing is put in the place of '{{{gap}}}'. A ticket's link may have {string.Join(", ", LinkGaps.Select(g => $"{{{g}}}"))}.{DidYouMean.Sentence(gap, LinkGaps)}");
            }
        }
    }

    private static void Look(BranchUnderCheck branch, ConfigurationElement at)
    {
        if (at.Text is { } text)
        {
            if (!branch.IsTold(at) && text.FirstOrDefault(IsUnseen) is var unseen && text.Any(IsUnseen))
            {
                branch.Fault(at.Path, $"There is a character in this text that nobody can see, U+{((int)unseen).ToString("X4", CultureInfo.InvariantCulture)}. Write the text anew without it.");
            }

            else if (text.Length > 0 && string.IsNullOrWhiteSpace(text) && !branch.IsTold(at))
            {
                branch.Fault(at.Path, "There are only blanks in this text. Write something that people can read, or leave it out.");
            }

            return;
        }

        foreach (var item in at.Items)
        {
            Look(branch, item);
        }

        foreach (var (_, value) in at.Properties)
        {
            Look(branch, value);
        }
    }

    // Controls, and what turns the direction of everything behind it. The marks U+200E and U+200F and the joiners are part of ordinary writing.
    private static bool IsUnseen(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
