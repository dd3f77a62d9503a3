using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Identity;

namespace EdgeQueue.Hub.Configuration;

/// <summary>
/// The file of the branch's configuration, replaced so that there is a whole one at any moment: the new one is on the disk beside it (<c>.next</c>) before it
/// is applied, and takes its place by a rename after its rules are in the journal. The one before stays as <c>.before</c>, for a technician.
/// </summary>
internal sealed class ConfigurationSteps(string path)
{
    /// <summary>The registrar holds the folder while it adds a device.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    private bool _moved;

    public string Next => path + ".next";

    public string Before => path + ".before";

    /// <summary>From reading the file to replacing it nobody else replaces it; null: the registrar is just doing so.</summary>
    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public FolderLock? Alone() => FolderLock.TryTake(_folder);

    /// <summary>Durable when it returns; nothing uses it yet.</summary>
    /// <exception cref="IOException">Not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the hub's to write in.</exception>
    public void Prepare(ReadOnlySpan<byte> content)
    {
        PrivateFile.Write(Next, content, File.GetUnixFileMode(path));
        _moved = false;
    }

    /// <summary>It is in force: a restart uses it from here on.</summary>
    /// <returns>Why it is not in its place; null: it is. Until then it lies beside the old one, and a start uses it all the same.</returns>
    public string? Finish()
    {
        try
        {
            if (!_moved)
            {
                KeepBefore();
                File.Move(Next, path, overwrite: true);
                _moved = true;
            }

            DurableFolder.Sync(_folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>It is not used. Where it cannot be taken away it does no harm: the journal does not know it.</summary>
    public void Abandon()
    {
        try
        {
            File.Delete(Next);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one is written over it.
        }
    }

    /// <summary>
    /// At a start: the hub may have been killed between the steps. When the journal says that the rules of the prepared file were applied it takes its place
    /// now; otherwise it was never in force and goes away, and the cloud tells it again.
    /// </summary>
    /// <param name="applied">Revision that the journal had last; null: none.</param>
    /// <param name="current">From the file.</param>
    /// <param name="fault">Why the prepared file, which is in force, could not take its place; null: nothing is wrong.</param>
    /// <returns>What is in force.</returns>
    public LoadedBranch Settle(string? applied, LoadedBranch current, out string? fault)
    {
        fault = null;
        if (!File.Exists(Next))
        {
            return current;
        }

        if (ConfigurationFile.Read(Next, out _) is { } next && next.Configuration.Branch == current.Configuration.Branch
            && next.Configuration.Revision > current.Configuration.Revision && applied == FormattableString.Invariant($"{next.Configuration.Revision}"))
        {
            using FolderLock? alone = FolderLock.Take(_folder, Patience);
            fault = alone is null ? "The registrar is just replacing the file." : Finish();
            return next;
        }

        Abandon();
        return current;
    }

    // A disk on which the old one does not fit a second time is no reason to go without the new one.
    private void KeepBefore()
    {
        try
        {
            PrivateFile.Write(Before, File.ReadAllBytes(path), File.GetUnixFileMode(path));
        }
        catch (IOException)
        {
            File.Delete(Before);
        }
    }
}
