namespace EdgeQueue.Hardware.Kernel;

/// <summary>Linux error numbers, the same on x86-64 and arm64 (asm-generic/errno-base.h, errno.h).</summary>
internal static class Errno
{
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int NoSuchAddress = 6;
    public const int Again = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int NoDevice = 19;
    public const int Invalid = 22;
    public const int NotATerminal = 25;
    public const int BrokenPipe = 32;
    public const int NoData = 61;
    public const int NotSupported = 95;
    public const int RemoteIo = 121;
}
