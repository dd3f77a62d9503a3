namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>What an operator types must say who it is.</summary>
internal static class OperatorChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        string? salted = null;
        foreach (var person in branch.Root["operators"].Items)
        {
            var pin = person["pinHash"];
            if (pin.Text is not { } hash)
            {
                if (!pin.Exists && person["id"].Text is { } id && !(id.Length <= PinHash.LongestPin && id.All(char.IsAsciiDigit)))
                {
                    branch.Fault(person.Path, $"'{id}' has no PIN and an id that cannot be typed at a keypad. Add a 'pinHash' (made by: edgequeue pin), or use 1 to 8 digits as the id.");
                }

                continue;
            }

            if (branch.IsTold(pin))
            {
                continue;
            }

            if (PinHash.SaltOf(hash) is null)
            {
                branch.Fault(pin.Path, "This is not a PIN hash, or it is damaged. Make it again with: edgequeue pin");
                continue;
            }

            var own = hash[..hash.LastIndexOf('$')];
            salted ??= own;
            if (own != salted)
            {
                branch.Fault(pin.Path, "This hash has another salt or count than the first operator's; all of a branch share them. Make it again with: edgequeue pin --branch FILE");
            }
        }

        branch.Unique(
            branch.Root["operators"].Items.Select(o => (o["pinHash"], o["pinHash"].Text)),
            (_, first) => $"This is the same PIN as {first}: nobody could tell who signs in. Give each a PIN of their own.");
    }
}
