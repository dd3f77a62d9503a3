using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// The papers that came out of the printers, read as a customer's phone reads them: the QR code of each picture by ZBar.
/// </summary>
internal sealed class PaperTray : IAsyncDisposable
{
    // A test prints some hundred papers; each is read in about 50 ms.
    private readonly Channel<byte[]> _pictures = Channel.CreateUnbounded<byte[]>();
    private readonly ConcurrentQueue<string> _labels = new();
    private readonly Task _reading;
    private int _put;

    public PaperTray() => _reading = Task.Run(ReadAllAsync);

    /// <summary>One entry for each paper, in the order in which they came; a paper without a readable code is "unreadable".</summary>
    public IReadOnlyList<string> Labels => [.. _labels];

    /// <summary>All that came out has been read.</summary>
    public bool AllRead => _labels.Count == Volatile.Read(ref _put);

    public int Count => Volatile.Read(ref _put);

    public void Put(byte[] png)
    {
        Interlocked.Increment(ref _put);
        _pictures.Writer.TryWrite(png);
    }

    public async ValueTask DisposeAsync()
    {
        _pictures.Writer.TryComplete();
        await _reading;
    }

    private async Task ReadAllAsync()
    {
        await foreach (byte[] png in _pictures.Reader.ReadAllAsync())
        {
            _labels.Enqueue(await ReadAsync(png));
        }
    }

    private static async Task<string> ReadAsync(byte[] png)
    {
        string file = Path.Combine(Path.GetTempPath(), $"edgequeue-paper-{Guid.NewGuid():N}.png");
        await File.WriteAllBytesAsync(file, png);
        try
        {
            using Process zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            string text = (await zbar.StandardOutput.ReadToEndAsync()).Trim();
            await zbar.WaitForExitAsync();
            return text.Length == 0 ? "unreadable" : text[(text.LastIndexOf('/') + 1)..];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
