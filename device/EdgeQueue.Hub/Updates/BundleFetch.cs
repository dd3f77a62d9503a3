using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// Has a bundle fetched from where the wish says, by <c>edgequeue update fetch</c>: a process that speaks with the world outside, holds no key, and ends. Cut off, it goes on where it was.
/// </summary>
internal sealed class BundleFetch(string tool, string? authority, BundleShelf shelf, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>What could not be fetched: a bundle from one address that is broken must not hold up the others, nor a wish that mends it.</summary>
    private readonly Dictionary<WishedBundle, (TimeSpan Pause, long FailedAt, string Why)> _failed = [];

    public async Task RunAsync(Func<UpdateWish?> wish, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                WishedBundle[] missing = [.. (wish()?.Bundles ?? []).Where(b => b.Address is not null && !shelf.Here.Contains(b.Sha256) && !File.Exists(shelf.PathOf(b.Sha256)))];
                foreach (WishedBundle other in _failed.Keys.Except(missing).ToArray())
                {
                    _failed.Remove(other);
                }

                shelf.NotFetched = missing.Where(_failed.ContainsKey).Select(b => _failed[b].Why).FirstOrDefault();
                if (missing.FirstOrDefault(b => !_failed.TryGetValue(b, out var last) || time.GetElapsedTime(last.FailedAt) >= last.Pause) is { } bundle
                    && await FetchAsync(bundle, stop) is { } why)
                {
                    UpdatesLog.NotFetched(log, bundle.Address!, why);
                    TimeSpan pause = _failed.TryGetValue(bundle, out var before) ? before.Pause * 2 : FirstPause;
                    // Head office reads it beside the branch.
                    _failed[bundle] = (pause < LongestPause ? pause : LongestPause, time.GetTimestamp(), UpdateState.Short(why));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task<string?> FetchAsync(WishedBundle bundle, CancellationToken stop)
    {
        string[] words =
        [
            "update", "fetch", "--address", bundle.Address!, "--size", bundle.Size.ToString(CultureInfo.InvariantCulture), "--sha256", bundle.Sha256, "--to", shelf.PathOf(bundle.Sha256),
            .. authority is null ? Array.Empty<string>() : ["--authority", authority],
        ];
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(tool, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> said = process.StandardError.ReadToEndAsync(stop);
            _ = process.StandardOutput.ReadToEndAsync(stop);
            try
            {
                await process.WaitForExitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw;
            }

            return process.ExitCode == 0 ? null : (await said).Trim();
        }
        catch (Win32Exception cannot)
        {
            return $"{tool} cannot be started: {cannot.Message}";
        }
    }
}
