namespace EdgeQueue.Hardware.Kernel;

/// <summary>Writing to something that takes bytes at its own pace.</summary>
internal static class LinkWriter
{
    /// <summary>
    /// Writes until all is taken, nothing was taken for the time-out, or the file broke. The number of bytes taken:
    /// whoever must know whether anything left asks for no more.
    /// </summary>
    /// <exception cref="DeviceException">The file broke before the first byte.</exception>
    public static int Write(FileDescriptor file, Waiter waiter, string path, ReadOnlySpan<byte> bytes, TimeSpan timeout, Action? onBroken = null)
    {
        var written = 0;
        while (written < bytes.Length)
        {
            var count = file.Write(bytes[written..]);
            if (count > 0)
            {
                written += count;
                continue;
            }

            if (count is 0 or -Errno.Again)
            {
                var happened = waiter.Wait(file, Files.PollOut, timeout);
                if (happened == 0)
                {
                    return written;
                }

                if ((happened & Files.PollOut) != 0)
                {
                    continue;
                }

                // POLLERR or POLLHUP alone: waiting again would return at once, for ever.
                count = -Errno.Io;
            }

            onBroken?.Invoke();
            return written > 0 ? written : throw new DeviceException(path, "cannot write", -count);
        }

        return written;
    }
}
