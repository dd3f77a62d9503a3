namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>The known word that a mistyped one was meant to be.</summary>
internal static class DidYouMean
{
    /// <summary>A half sentence to append, or nothing when no word is near (Levenshtein distance, at most a third of the word).</summary>
    public static string Sentence(string word, IEnumerable<string> known)
    {
        var nearest = known
            .Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= Math.Max(1, Math.Max(word.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return nearest.candidate is null ? "" : $" Did you mean '{nearest.candidate}'?";
    }

    private static int Distance(string a, string b)
    {
        // A name in a configuration is short; a pasted page must not cost a square of its length.
        if (a.Length > 100 || b.Length > 100)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
