using System.Globalization;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// The bundles that lie here. A file has the name of its hash only after all of it was read and found to be so; any other <c>.raucb</c> that somebody lays here is looked at
/// and named so when a wish asks for it. Whether a bundle is genuine is for the device to judge: RAUC has the keyring.
/// </summary>
internal sealed class BundleShelf(string folder, ILogger log)
{
    private const string Ending = ".raucb";

    private readonly Dictionary<string, (long Size, long Changed, string? Hash)> _looked = new(StringComparer.Ordinal);
    private string? _notFetched;
    private volatile bool _known;
    private volatile IReadOnlySet<string> _here = new HashSet<string>();

    /// <summary>Hashes of those that the last wish asked for and that are here. From any thread.</summary>
    public IReadOnlySet<string> Here => _here;

    /// <summary>Whether it was looked at all since this process began. From any thread.</summary>
    public bool IsKnown => _known;

    /// <summary>Why the one that is fetched just now did not come the last time, in words; null: it comes, or none is fetched. From any thread.</summary>
    public string? NotFetched { get => Volatile.Read(ref _notFetched); set => Volatile.Write(ref _notFetched, value); }

    public string PathOf(string sha256) => Path.Combine(folder, sha256 + Ending);

    /// <summary>Looks at what lies here; a file that is new is read as a whole, so not on a thread that others wait for.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public void Look(UpdateWish? wish, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        if (wish is null)
        {
            return;
        }

        HashSet<string> asked = [.. wish.Bundles.Select(b => b.Sha256)];
        HashSet<string> wanted = [.. asked.Where(hash => !File.Exists(PathOf(hash)))];
        if (wanted.Count > 0)
        {
            foreach (string file in Directory.GetFiles(folder, "*" + Ending).Where(f => !WishedBundle.IsHash(Path.GetFileNameWithoutExtension(f))))
            {
                if (HashOf(file, cancellation) is { } hash && wanted.Contains(hash))
                {
                    using (Microsoft.Win32.SafeHandles.SafeFileHandle written = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
                    {
                        // The name says that all of it is there: also after a power cut.
                        RandomAccess.FlushToDisk(written);
                    }

                    File.Move(file, PathOf(hash));
                    DurableFolder.Sync(folder);
                }
            }
        }

        foreach (string old in Directory.GetFiles(folder).Where(f => Path.GetFileName(f).Split('.') is [var name, "raucb", ..] && WishedBundle.IsHash(name) && !asked.Contains(name)))
        {
            // Of an earlier wish: a card has no room for all releases.
            File.Delete(old);
        }

        HashSet<string> here = [];
        foreach (WishedBundle bundle in wish.Bundles)
        {
            var file = new FileInfo(PathOf(bundle.Sha256));
            if (file.Exists && file.Length == bundle.Size)
            {
                here.Add(bundle.Sha256);
                if (!_here.Contains(bundle.Sha256))
                {
                    UpdatesLog.BundleHere(log, bundle.Sha256, bundle.Size);
                }
            }
            else if (file.Exists)
            {
                Complain(file.FullName, string.Create(CultureInfo.InvariantCulture, $"it has {file.Length} bytes, the wish says {bundle.Size}"));
            }
        }

        _here = here;
        _known = true;
    }

    private string? HashOf(string file, CancellationToken cancellation)
    {
        var now = new FileInfo(file);
        if (_looked.TryGetValue(file, out var before) && before.Size == now.Length && before.Changed == now.LastWriteTimeUtc.Ticks)
        {
            return before.Hash;
        }

        string? hash = null;
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] part = new byte[256 * 1024];
            for (int read; (read = stream.Read(part)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                sum.AppendData(part, 0, read);
            }

            hash = Convert.ToHexStringLower(sum.GetHashAndReset());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Complain(file, unreadable.Message);
        }

        _looked[file] = (now.Length, now.LastWriteTimeUtc.Ticks, hash);
        return hash;
    }

    private void Complain(string file, string reason)
    {
        if (!_looked.ContainsKey(file + reason))
        {
            _looked[file + reason] = default;
            UpdatesLog.BundleRefused(log, file, reason);
        }
    }
}
