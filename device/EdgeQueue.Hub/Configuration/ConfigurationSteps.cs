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
    public string Next => path + ".next";

    public string Before => path + ".before";

    /// <summary>Durable when it returns; nothing uses it yet.</summary>
    /// <exception cref="IOException">Not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the hub's to write in.</exception>
    public void Prepare(ReadOnlySpan<byte> content) => PrivateFile.Write(Next, content, File.GetUnixFileMode(path));

    /// <summary>It is in force: a restart uses it from here on.</summary>
    public void Finish()
    {
        PrivateFile.Write(Before, File.ReadAllBytes(path), File.GetUnixFileMode(path));
        File.Move(Next, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>It is not used.</summary>
    public void Abandon() => File.Delete(Next);

    /// <summary>
    /// At a start: the hub may have been killed between the steps. When the journal says that the rules of the prepared file were applied it takes its place
    /// now; otherwise it was never in force and goes away, and the cloud tells it again.
    /// </summary>
    /// <param name="applied">Revision that the journal had last; null: none.</param>
    /// <param name="current">From the file.</param>
    /// <returns>What is in force.</returns>
    public LoadedBranch Settle(string? applied, LoadedBranch current)
    {
        if (!File.Exists(Next))
        {
            return current;
        }

        if (ConfigurationFile.Read(Next, out _) is { } next && next.Configuration.Branch == current.Configuration.Branch
            && next.Configuration.Revision > current.Configuration.Revision && applied == FormattableString.Invariant($"{next.Configuration.Revision}"))
        {
            Finish();
            return next;
        }

        Abandon();
        return current;
    }
}
