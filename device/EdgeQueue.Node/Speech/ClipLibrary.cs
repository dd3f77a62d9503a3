using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Node.Speech;

/// <summary>
/// Recorded words: <c>folder/language/clip.wav</c>, for example <c>clips/ar/letter-a.wav</c>; the names are those of
/// <see cref="ClipName"/>. A word without a clip is synthesised.
/// </summary>
public sealed class ClipLibrary
{
    private readonly FrozenDictionary<string, string> paths;

    private ClipLibrary(IEnumerable<KeyValuePair<string, string>> paths) => this.paths = paths.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>No clips: everything is synthesised.</summary>
    public static ClipLibrary Empty { get; } = new([]);

    public int Count => paths.Count;

    /// <summary>
    /// Looks at every clip of <paramref name="folder"/>. Faulty ones are left out and named, so that the words are
    /// synthesised and somebody learns why. Samples stay on disk until they are played: a node has little memory.
    /// </summary>
    public static (ClipLibrary Clips, ImmutableArray<string> Faults) Scan(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return (Empty, [$"The folder of recorded clips {folder} does not exist; everything is synthesised. Create it or remove it from the configuration."]);
        }

        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var language in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (var path in Directory.EnumerateFiles(language, "*.wav").Order(StringComparer.Ordinal))
            {
                var key = Key(Path.GetFileName(language), Path.GetFileNameWithoutExtension(path));
                var fault = WavFile.Read(path).Fault ?? (paths.TryGetValue(key, out var other) ? $"{path} says the same as {other}; remove one." : null);
                if (fault is null)
                {
                    paths.Add(key, path);
                }
                else
                {
                    faults.Add(fault);
                }
            }
        }

        return (new ClipLibrary(paths), faults.DrainToImmutable());
    }

    /// <summary>The clip's samples, or null: there is none, or it cannot be read any more.</summary>
    public short[]? Find(string language, string clip) =>
        paths.TryGetValue(Key(language, clip), out var path) ? WavFile.Read(path).Sound : null;

    /// <summary>Other systems store "й" as two characters in file names, so names are compared in one form.</summary>
    private static string Key(string language, string clip) => $"{language}/{clip}".Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
