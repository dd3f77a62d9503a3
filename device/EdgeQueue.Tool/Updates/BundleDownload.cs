using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Tool.Updates;

/// <summary>
/// Fetches one file whose size and hash are known, going on from where it was cut (RFC 9110 §14), also after a restart of this process. The file has its name only when all of
/// it is there, is what was announced, and is on the disk.
/// </summary>
internal sealed class BundleDownload(HttpClient http)
{
    /// <summary>Connections in a row that brought nothing.</summary>
    private const int MostFutile = 6;

    private const int Buffer = 64 * 1024;

    /// <summary>So much may be fetched again after a power cut.</summary>
    private const long FlushEvery = 4 * 1024 * 1024;

    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>After a cut; doubled with each connection that brought nothing.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    public static string PartOf(string to) => to + ".part";

    /// <param name="progress">Bytes that are there.</param>
    /// <returns>Null: it is there; else why not, in words.</returns>
    public async Task<string?> RunAsync(Uri from, string to, long size, string sha256, Action<long> progress, CancellationToken cancellation)
    {
        if (File.Exists(to) && new FileInfo(to).Length == size && await HashOfAsync(to, cancellation) == sha256)
        {
            return null;
        }

        string part = PartOf(to);
        string? why = null;
        for (int futile = 0; LengthOf(part) != size; )
        {
            long before = LengthOf(part);
            (why, bool final) = await OnceAsync(from, part, size, progress, cancellation);
            if (final)
            {
                return why;
            }

            futile = LengthOf(part) > before ? 0 : futile + 1;
            if (futile >= MostFutile)
            {
                return why ?? "nothing came";
            }

            if (why is not null)
            {
                TimeSpan pause = FirstPause * Math.Pow(2, futile);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellation);
            }
        }

        string hash = await HashOfAsync(part, cancellation);
        if (hash != sha256)
        {
            File.Delete(part);
            return $"what came has the hash {hash} and not {sha256}: it was thrown away";
        }

        File.Move(part, to, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(to))!);
        return null;
    }

    /// <summary>One connection.</summary>
    /// <returns>Why it ended before the end, and whether it makes no sense to try again.</returns>
    private async Task<(string? Why, bool Final)> OnceAsync(Uri from, string part, long size, Action<long> progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Stalled);
        try
        {
            await using FileStream file = new(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1, FileOptions.Asynchronous);
            if (file.Length > size)
            {
                file.SetLength(0);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, from);
            if (file.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(file.Length, null);
            }

            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            switch (response.StatusCode)
            {
                case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == file.Length:
                    file.Position = file.Length;
                    break;
                case HttpStatusCode.OK:
                    if (file.Length > 0)
                    {
                        file.SetLength(0);
                    }

                    break;
                case HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PartialContent:
                    file.SetLength(0);
                    return ("the server had another part than was asked for", false);
                case HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.Gone:
                    return ($"{from.Host} answered {(int)response.StatusCode}: it is not there, or not for us", true);
                default:
                    return ($"{from.Host} answered {(int)response.StatusCode}", false);
            }

            await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token);
            byte[] some = new byte[Buffer];
            long flushed = file.Position;
            while (file.Position < size)
            {
                patience.CancelAfter(Stalled);
                int read = await body.ReadAsync(some.AsMemory(0, (int)Math.Min(some.Length, size - file.Position)), patience.Token);
                if (read == 0)
                {
                    break;
                }

                try
                {
                    await file.WriteAsync(some.AsMemory(0, read), patience.Token);
                    if (file.Position - flushed >= FlushEvery)
                    {
                        flushed = file.Position;
                        file.Flush(flushToDisk: true);
                    }
                }
                catch (IOException full)
                {
                    // A disk is not empty again because one waits.
                    return ($"it could not be written: {full.Message}", true);
                }

                progress(file.Position);
            }

            file.Flush(flushToDisk: true);
            return (file.Position < size ? "the connection ended before the end" : null, false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"nothing came for {Stalled.TotalSeconds:0} s", false);
        }
        catch (HttpRequestException refused)
        {
            return ($"{from.Host}:{from.Port}: {refused.InnerException?.Message ?? refused.Message}", false);
        }
        catch (HttpIOException cut)
        {
            return (cut.Message, false);
        }
        catch (IOException cut) when (cut is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return (cut.Message, false);
        }
    }

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static async Task<string> HashOfAsync(string file, CancellationToken cancellation)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }
}
