using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware;

/// <summary>
/// A device that does not do what it should: absent, unplugged, refused by the kernel. The message says what was tried,
/// at which path, and what the kernel answered; the owner reports it, waits and tries again.
/// </summary>
public sealed class DeviceException : IOException
{
    public DeviceException(string path, string attempt, int errno)
        : base($"{path}: {attempt}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}){Advice(errno)}")
    {
        Path = path;
        Errno = errno;
    }

    public DeviceException(string path, string what)
        : base($"{path}: {what}") => Path = path;

    /// <summary>The path from the configuration.</summary>
    public string Path { get; }

    /// <summary>The kernel's error number; 0 when the error did not come from the kernel.</summary>
    public int Errno { get; }

    private static string Advice(int errno) => errno switch
    {
        Kernel.Errno.NoEntry => "; is it plugged in, and is the path right? (ls -l /dev/input/by-path /dev)",
        Kernel.Errno.AccessDenied => "; add the service's user to the device's group (input, gpio, i2c, spi, dialout, lp, audio)",
        Kernel.Errno.Busy => "; another program or driver holds it",
        Kernel.Errno.NoDevice or Kernel.Errno.NoSuchAddress => "; it was unplugged or does not answer",
        Kernel.Errno.RemoteIo => "; nothing answers at this address, check the wiring and the address jumpers",
        _ => "",
    };
}
