using System.Diagnostics;
using EdgeQueue.Benchmarks.Table;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Benchmarks.Limits;

/// <summary>The least that a durable commit can cost: one page of 4 KiB appended to a file, and fsync.</summary>
internal sealed class DurableAppend(string path) : IDisposable
{
    private readonly byte[] page = new byte[4096];
    private readonly SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    private long length;

    public Samples Samples { get; } = new();

    public void Once()
    {
        var began = Stopwatch.GetTimestamp();
        RandomAccess.Write(file, page, length);
        RandomAccess.FlushToDisk(file);
        length += page.Length;
        Samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>Appends for a while; how many a second.</summary>
    public double Rate(TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            Once();
            count++;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public void Dispose() => file.Dispose();
}
