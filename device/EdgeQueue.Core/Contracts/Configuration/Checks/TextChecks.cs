using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Texts without characters that nobody sees and that displays, printers and terminals act upon.</summary>
internal static class TextChecks
{
    public static void Run(BranchUnderCheck branch) => Look(branch, branch.Root);

    private static void Look(BranchUnderCheck branch, ConfigurationElement at)
    {
        if (at.Text is { } text)
        {
            if (!branch.IsTold(at) && text.FirstOrDefault(IsUnseen) is var unseen && text.Any(IsUnseen))
            {
                branch.Fault(at.Path, $"There is a character in this text that nobody can see, U+{((int)unseen).ToString("X4", CultureInfo.InvariantCulture)}. Write the text anew without it.");
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
