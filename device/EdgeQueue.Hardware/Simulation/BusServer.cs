using System.Buffers.Binary;
using System.Net.Sockets;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// The other end of a <see cref="BusSocket"/>: listens at a path and hands each bus transfer to the chips. For I²C the first
/// byte is the 7-bit address.
/// </summary>
/// <param name="transfer">Called with one transfer at a time, whatever the number of connections.</param>
public sealed class BusServer(string path, Action<ReadOnlyMemory<byte>> transfer)
{
    private readonly Lock oneAtATime = new();

    /// <summary>Completes when clients can connect.</summary>
    public Task Listening => listening.Task;

    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Serves until cancelled, then removes the socket. A socket left behind by a killed process is replaced.</summary>
    /// <exception cref="SocketException">The path cannot be listened at.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(path);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        listening.TrySetResult();
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(cancellation);
                clients.RemoveAll(task => task.IsCompleted);
                clients.Add(ServeAsync(client, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellation)
    {
        using var connection = client;
        await using var stream = new NetworkStream(client);
        var length = new byte[2];
        try
        {
            while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, cancellation) == 2)
            {
                var payload = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                if (payload.Length is 0 or > BusSocket.LargestPayload)
                {
                    // Not our protocol: hanging up is the only answer it has.
                    return;
                }

                await stream.ReadExactlyAsync(payload, cancellation);
                lock (oneAtATime)
                {
                    transfer(payload);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The node was stopped or killed: nothing is owed to it.
        }
    }
}
