using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>An open file of the kernel, closed exactly once whatever happens.</summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    public FileDescriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    /// <exception cref="DeviceException">The kernel refused.</exception>
    public static FileDescriptor Open(string path, int flags) =>
        TryOpen(path, flags, out var errno) ?? throw new DeviceException(path, "cannot open", errno);

    public static FileDescriptor? TryOpen(string path, int flags, out int errno)
    {
        var number = Files.Open(path, flags | Files.CloseOnExec, 0);
        errno = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        return number < 0 ? null : new FileDescriptor(number);
    }

    /// <summary>Number of bytes read, 0 at the end of the file, or a negative error number.</summary>
    public unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Files.Read(this, start, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.Interrupted)
                {
                    return -errno;
                }
            }
        }
    }

    /// <summary>Number of bytes written, or a negative error number.</summary>
    public unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var count = Files.Write(this, start, (nuint)bytes.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.Interrupted)
                {
                    return -errno;
                }
            }
        }
    }

    /// <summary>0 or more as the ioctl answers, or a negative error number.</summary>
    public unsafe int Control<T>(uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
        {
            return Control(request, (nint)pointer);
        }
    }

    public int Control(uint request, nint argument)
    {
        var answer = Files.Control(this, request, argument);
        return answer >= 0 ? answer : -Marshal.GetLastPInvokeError();
    }

    protected override bool ReleaseHandle() => Files.Close((int)handle) == 0;
}
