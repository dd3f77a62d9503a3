using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Updates;

/// <summary>What the updater remembers, on the disk before it acts or tells; and the bundle, under the name of its hash.</summary>
internal sealed class UpdaterDisk
{
    private const string Ending = ".raucb";

    /// <summary>Bytes that are left to everything else on this disk.</summary>
    private const long Kept = 8 * 1024 * 1024;

    private readonly string _folder;

    private UpdaterDisk(string folder, UpdaterRecord record) => (_folder, Now) = (folder, record);

    private static UpdaterRecord Nothing { get; } = new(1, null, UpdatePhase.Idle);

    public UpdaterRecord Now { get; private set; }

    /// <exception cref="InvalidDataException">What is remembered cannot be read.</exception>
    public static UpdaterDisk Open(string folder)
    {
        string file = FileIn(folder);
        UpdaterRecord record = !File.Exists(file) ? Nothing
            : UpdateJson.TryRead(File.ReadAllBytes(file), out UpdaterRecord? read, out string? fault) ? read
            : throw new InvalidDataException($"{file}: {fault} Remove it: the order that it was about is given again.");
        return new UpdaterDisk(folder, record);
    }

    public string BundleOf(UpdateOrder order) => Path.Combine(_folder, order.Sha256 + Ending);

    /// <summary>Durable when it returns.</summary>
    public void Put(UpdaterRecord record)
    {
        IdentityFile.WritePrivate(FileIn(_folder), System.Text.Encoding.UTF8.GetString(UpdateJson.Write(record)));
        Now = record;
    }

    /// <summary>Bundles and parts of them that this order does not need.</summary>
    public void Tidy(UpdateOrder? order)
    {
        foreach (string file in Directory.GetFiles(_folder, "*" + Ending + "*").Where(f => order is null || !Path.GetFileName(f).StartsWith(order.Sha256, StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    }

    /// <summary>It is full, or nearly.</summary>
    public bool IsShort => Free < Kept;

    private long Free => new DriveInfo(_folder).AvailableFreeSpace;

    /// <returns>Why it does not fit, or null.</returns>
    public string? WhyNoRoom(UpdateOrder order)
    {
        var part = new FileInfo(BundleDownload.PartOf(BundleOf(order)));
        long needed = order.Size - (part.Exists ? part.Length : 0) + Kept;
        long free = Free;
        return free < needed ? $"{_folder} has {free} bytes free, and {needed} are needed" : null;
    }

    private static string FileIn(string folder) => Path.Combine(folder, "updater.json");
}
