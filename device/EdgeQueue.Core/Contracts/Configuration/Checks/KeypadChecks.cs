namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Keypads and number pads whose keys mean something else: all ten digits can still be typed.</summary>
internal static class KeypadChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        foreach (var (_, unit) in branch.Units)
        {
            Digits(branch, unit["keypad"]["keys"], "PIN, ticket or place");
            Digits(branch, unit["dispenser"]["checkIn"]["keypad"]["keys"], "booking or phone number");
        }
    }

    // A small keypad has one key for each digit, either of the two kinds, and nobody but its maker knows which.
    private static void Digits(BranchUnderCheck branch, ConfigurationElement keys, string typed)
    {
        foreach (var (name, key) in keys.Properties)
        {
            if (EvdevKeys.DigitOf(name) is { } digit)
            {
                branch.Fault(key.Path, $"'{name}' is the key of the digit {digit}: without it no {typed} with a {digit} could be typed. Give the function to another key, such as KEY_F1.");
            }
        }
    }
}
