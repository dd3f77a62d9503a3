using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;
using EdgeQueue.Hub.Identity;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// The folder that hub, desk and technician share: the wish, what was decided, what came of it, each a file that is replaced whole.
/// </summary>
internal sealed class UpdatesFolder(string path)
{
    private const int LongestFile = 256 * 1024;

    public string WishFile { get; } = Path.Combine(path, "wish.json");

    public string ReportFile { get; } = Path.Combine(path, "report.json");

    public string Bundles { get; } = Path.Combine(path, "bundles");

    private string StateFile { get; } = Path.Combine(path, "state.json");

    /// <summary>What was decided; nothing when nothing was.</summary>
    /// <exception cref="InvalidDataException">It is there and cannot be read: to begin anew would forget who failed.</exception>
    public RolloutState State() => !File.Exists(StateFile) ? RolloutState.None
        : UpdateJson.TryRead(File.ReadAllBytes(StateFile), out RolloutState? state, out string? fault) ? state
        : throw new InvalidDataException($"{StateFile}: {fault} Remove it, and offer the bundle again: a device does no order twice.");

    /// <summary>Durable when it returns.</summary>
    public void Keep(RolloutState state) => PrivateFile.Write(StateFile, UpdateJson.Write(state));

    public void Report(UpdateReport report) => PrivateFile.Write(ReportFile, UpdateJson.Write(report), PrivateFile.Everybody);

    /// <returns>Null: there is none, or it is faulty.</returns>
    public UpdateWish? Wish(out string? fault)
    {
        fault = null;
        try
        {
            var file = new FileInfo(WishFile);
            if (!file.Exists)
            {
                return null;
            }

            if (file.Length > LongestFile)
            {
                fault = $"it has {file.Length} bytes, more than {LongestFile}.";
                return null;
            }

            if (!UpdateJson.TryRead(File.ReadAllBytes(WishFile), out UpdateWish? wish, out fault))
            {
                return null;
            }

            fault = wish.WhyNot();
            return fault is null ? wish : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
            return null;
        }
    }
}
