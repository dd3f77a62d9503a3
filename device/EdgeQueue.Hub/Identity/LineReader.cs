using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>Lines of a stream, none longer than the bound.</summary>
internal sealed class LineReader(Stream stream, int longestInBytes = ClaimLine.LongestInBytes)
{
    private readonly byte[] _buffer = new byte[longestInBytes];
    private int _filled;

    /// <returns>Null: the stream has ended, the line is too long, or it did not come in time.</returns>
    public async Task<byte[]?> ReadAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        while (true)
        {
            int end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                byte[] line = _buffer[..end];
                _buffer.AsSpan(end + 1, _filled - end - 1).CopyTo(_buffer);
                _filled -= end + 1;
                return line;
            }

            if (_filled == _buffer.Length)
            {
                return null;
            }

            try
            {
                int read = await stream.ReadAsync(_buffer.AsMemory(_filled), limit.Token);
                if (read == 0)
                {
                    return null;
                }

                _filled += read;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }
    }
}
