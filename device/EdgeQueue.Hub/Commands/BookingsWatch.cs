using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// Looks at the file of bookings every two seconds, the first time at once: how a branch without a cloud gets its bookings.
/// What the file says goes through the same door as what a cloud says.
/// </summary>
internal sealed class BookingsWatch(string path, Action<LoopInput> post, ILogger log)
{
    /// <summary>20,000 bookings with everything that they may have.</summary>
    private const int MaximumBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private (DateTime, long)? _seen;
    private (long Version, byte[] Hash)? _read;

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var file = new FileInfo(path);
                (DateTime, long) stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
                if (stamp != _seen)
                {
                    // Half-written it is faulty, is reported, and read again when it changes.
                    _seen = stamp;
                    Look();
                }

                await Task.Delay(Period, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Look()
    {
        string? fault;
        try
        {
            byte[] content = new FileInfo(path).Length > MaximumBytes ? [] : File.ReadAllBytes(path);
            if (content.Length == 0)
            {
                fault = $"it is empty or larger than {MaximumBytes} bytes";
            }
            else if (ContractJson.TryRead(content, out BookingsMessage? bookings, out fault))
            {
                fault = bookings.V == 1 ? TakenBefore(bookings.Version, SHA256.HashData(content)) : $"its version of the message is {bookings.V}; this hub reads 1";
                if (fault is null)
                {
                    post(new BookingsRead(bookings, EventSource.Bookings));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            HubLog.ConfigurationFault(log, path, fault);
        }

        post(new FaultChanged("bookings", fault is null ? null : new Fault(
            "bookings", $"The bookings '{path}' are not read, those before stay held: {fault}. Make the file again with 'edgequeue bookings import'.")));
    }

    /// <summary>A version is taken once. Another list under it, or under an older one, would be left lying without a word.</summary>
    private string? TakenBefore(long version, byte[] hash)
    {
        if (_read is { } last && version <= last.Version && !hash.AsSpan().SequenceEqual(last.Hash))
        {
            return $"it says version {version} and has other bookings than version {last.Version}, which was read before; made with --out onto the file that is there, a list has the next version";
        }

        _read = (version, hash);
        return null;
    }
}
