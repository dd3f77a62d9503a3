using System.Threading.Channels;

namespace EdgeQueue.Hardware.Input;

/// <summary>From a device's thread to its owner, in order.</summary>
internal sealed class ArrivalChannel
{
    // Wait: a full channel holds the reading thread, so that the kernel's own buffer fills and the loss is told by it.
    private readonly Channel<InputArrival> channel = Channel.CreateBounded<InputArrival>(
        new BoundedChannelOptions(256)
        {
            SingleWriter = true,
            FullMode = BoundedChannelFullMode.Wait,
            // The owner only decides and posts: to wake a pool thread for that costs a press more than the rest of its way here.
            AllowSynchronousContinuations = true,
        });

    public ChannelReader<InputArrival> Reader => channel.Reader;

    /// <summary>Blocks while the channel is full.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public void Tell(InputArrival arrival, CancellationToken cancellation)
    {
        if (!channel.Writer.TryWrite(arrival))
        {
            channel.Writer.WriteAsync(arrival, cancellation).AsTask().GetAwaiter().GetResult();
        }
    }
}
