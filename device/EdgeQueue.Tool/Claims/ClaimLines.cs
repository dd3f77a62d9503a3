using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>Lines of a claim's conversation, none longer than <see cref="ClaimLine.LongestInBytes"/>.</summary>
internal sealed class ClaimLines(Stream stream)
{
    private readonly byte[] buffer = new byte[ClaimLine.LongestInBytes];
    private int filled;

    public async Task WriteAsync(byte[] line, CancellationToken cancellation) =>
        await stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellation);

    /// <exception cref="EnrolmentException">It ended, is too long, or did not come in time.</exception>
    public async Task<byte[]> ReadAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        while (true)
        {
            int end = buffer.AsSpan(0, filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                byte[] line = buffer[..end];
                buffer.AsSpan(end + 1, filled - end - 1).CopyTo(buffer);
                filled -= end + 1;
                return line;
            }

            int read = filled == buffer.Length ? 0 : await stream.ReadAsync(buffer.AsMemory(filled), limit.Token);
            if (read == 0)
            {
                throw new EnrolmentException(filled == buffer.Length ? "The hub says too much." : "The hub ended the conversation.");
            }

            filled += read;
        }
    }
}
