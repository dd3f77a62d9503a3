namespace EdgeQueue.Cloud.Accounts;

/// <summary>What a form or the command line says about regions and branches.</summary>
internal static class Forms
{
    public const int LongestRegion = 60;

    /// <summary>One a line, or with commas.</summary>
    public static IReadOnlyList<string> Lines(string? text) =>
        [.. (text ?? "").Split(['\n', '\r', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>As it is kept: '' for none; null: it is none.</summary>
    public static string? Region(string? text)
    {
        string region = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return region.Length <= LongestRegion && !region.Any(c => char.IsControl(c) || c == ',') ? region : null;
    }
}
