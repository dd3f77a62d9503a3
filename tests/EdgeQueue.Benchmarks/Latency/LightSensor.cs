using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace EdgeQueue.Benchmarks.Latency;

/// <summary>
/// The bus end of one HT16K33 display, on a blocking thread of its own: notes when the display RAM got other bytes. What the
/// bytes mean is the panel's and the tests' business.
/// </summary>
internal sealed class LightSensor : IDisposable
{
    /// <summary>"Display data address pointer" 0 (HT16K33 datasheet, summary of commands): the RAM follows.</summary>
    private const byte RamFromStart = 0x00;

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly SemaphoreSlim changed = new(0);
    private readonly SemaphoreSlim touched = new(0);
    private byte[] ram = [];
    private long changedAt;

    public LightSensor(string path)
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
    }

    public void Start() => new Thread(Serve) { IsBackground = true, Name = "light sensor", Priority = ThreadPriority.AboveNormal }.Start();

    /// <summary>Forgets what was seen until now.</summary>
    public void Reset()
    {
        while (changed.Wait(0) || touched.Wait(0))
        {
        }
    }

    /// <summary>When (stopwatch) the display showed something else; null: not within that time.</summary>
    public async Task<long?> ChangedAsync(TimeSpan patience) =>
        await changed.WaitAsync(patience) ? Volatile.Read(ref changedAt) : null;

    /// <summary>Any transfer, e.g. the end of the blinking.</summary>
    public Task<bool> TouchedAsync(TimeSpan patience) => touched.WaitAsync(patience);

    public void Dispose() => listener.Dispose();

    private void Serve()
    {
        var header = new byte[2];
        while (true)
        {
            try
            {
                using var client = listener.Accept();
                while (Fill(client, header))
                {
                    var transfer = new byte[BinaryPrimitives.ReadUInt16BigEndian(header)];
                    if (!Fill(client, transfer))
                    {
                        break;
                    }

                    Take(transfer, Stopwatch.GetTimestamp());
                }
            }
            catch (SocketException) when (!listener.IsBound)
            {
                return;
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The benchmark ends, or the node was stopped; a disposed listener ends the loop with the next accept.
                if (gone is ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>A transfer begins with the chip's address.</summary>
    private void Take(byte[] transfer, long at)
    {
        if (transfer.Length > 2 && transfer[1] == RamFromStart && !transfer.AsSpan(2).SequenceEqual(ram))
        {
            ram = transfer[2..];
            Volatile.Write(ref changedAt, at);
            changed.Release();
        }

        touched.Release();
    }

    private static bool Fill(Socket client, Span<byte> buffer)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var count = client.Receive(buffer[filled..]);
            if (count == 0)
            {
                return false;
            }

            filled += count;
        }

        return true;
    }
}
