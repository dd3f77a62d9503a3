using System.Collections.Concurrent;
using System.Globalization;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Hub.Link;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// Between the cloud's link and the desk for updates, who is another process: the wish goes into the desk's folder, its report comes from there. In the hub, beside the loop; a wish that
/// cannot be written is told again by the cloud.
/// </summary>
internal sealed class UpdateDoor(string path, Action<byte[]> say, ILogger log, TimeProvider time) : IUpdateDoor
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>A roll-out that is told again and again while the disk takes nothing.</summary>
    private const int MostWaiting = 16;

    private readonly UpdatesFolder _folder = new(path);
    private readonly ConcurrentQueue<UpdateWish> _wishes = new();
    private volatile bool _sayAgain = true;

    public void Connected() => _sayAgain = true;

    public void Told(UpdateWish wish)
    {
        if (_wishes.Count < MostWaiting)
        {
            _wishes.Enqueue(wish);
        }
        else
        {
            UpdatesLog.WishRefused(log, _folder.WishFile, $"{MostWaiting} others wait to be written already; the cloud tells it again.");
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        DateTime said = default;
        string? complained = null;
        try
        {
            do
            {
                try
                {
                    while (_wishes.TryDequeue(out UpdateWish? wish))
                    {
                        Take(wish);
                    }

                    if (File.Exists(_folder.ReportFile) && File.GetLastWriteTimeUtc(_folder.ReportFile) is var changed && (_sayAgain || changed != said))
                    {
                        (_sayAgain, said) = (false, changed);
                        say(await File.ReadAllBytesAsync(_folder.ReportFile, stop));
                    }
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    if (complained != fault.Message)
                    {
                        UpdatesLog.WishRefused(log, path, complained = fault.Message);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Take(UpdateWish wish)
    {
        UpdateWish? before = _folder.Wish(out _);
        if (wish.WhyNot() is { } why)
        {
            string sentence = string.Create(CultureInfo.InvariantCulture, $"wish {wish.Number} of the cloud: {why}");
            UpdatesLog.WishRefused(log, _folder.WishFile, sentence);
        }
        else if (before is null || wish.Number > before.Number)
        {
            PrivateFile.Write(_folder.WishFile, UpdateJson.Write(wish), PrivateFile.Everybody);
        }
        else if (wish.Number == before.Number && wish.Paused != before.Paused)
        {
            PrivateFile.Write(_folder.WishFile, UpdateJson.Write(before with { Paused = wish.Paused }), PrivateFile.Everybody);
        }

        // Whatever came of it, the cloud hears how it stands.
        _sayAgain = true;
    }
}
